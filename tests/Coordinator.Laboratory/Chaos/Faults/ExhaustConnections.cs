using Npgsql;

namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>Other programs take every connection that the server has, and sessions of silos end.</summary>
internal sealed class ExhaustConnections : IChaosFault
{
    public string Name => "exhaust-connections";

    public ChaosPlace Place => ChaosPlace.Warehouse;

    public async Task StrikeAsync(ChaosScene scene)
    {
        var taken = new List<NpgsqlConnection>();
        try
        {
            await scene.RepeatAsync(TimeSpan.FromSeconds(1), async () =>
            {
                await scene.Administrator.EndSessionsAsync(scene.Ct);
                await TakeAsync(scene, taken);
            });
        }
        finally
        {
            foreach (var connection in taken) await connection.DisposeAsync();
        }
    }

    private static async Task TakeAsync(ChaosScene scene, List<NpgsqlConnection> taken)
    {
        try
        {
            while (true) taken.Add(await scene.Administrator.Source.OpenConnectionAsync(scene.Ct));
        }
        catch (NpgsqlException)
        {
            // There is none left.
        }

        // One is left to the administrator.
        if (taken is [.., var last])
        {
            taken.RemoveAt(taken.Count - 1);
            await last.DisposeAsync();
        }
    }
}
