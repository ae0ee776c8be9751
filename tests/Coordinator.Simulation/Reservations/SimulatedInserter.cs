using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Simulation.Reservations;

/// <summary>A service that writes rows to one table, one intent after another, each repeated until it is committed.</summary>
internal sealed class SimulatedInserter(World world, Cluster cluster, TableName table, int number)
{
    private static readonly RowBlock Rows = OneRow();

    private long _next = number * 1_000_000L;

    public bool IsDone { get; private set; }

    public bool IsStopping { get; set; }

    public void Start() => cluster.Clients.Run(() => _ = RunAsync());

    public override string ToString() => $"inserter {number}";

    private async Task RunAsync()
    {
        var clock = cluster.Clients.Clock;
        while (!IsStopping)
        {
            await Task.Delay(world.UpTo(6), clock);
            var intent = new InsertIntent { Id = new IntentId(Guid.Empty, _next++), Table = table, Rows = Rows };
            while (!await SubmitAsync(intent)) await Task.Delay(TimeSpan.FromMilliseconds(200), clock);
        }

        IsDone = true;
    }

    private async Task<bool> SubmitAsync(InsertIntent intent)
    {
        try
        {
            return (await cluster.CallAsync(cluster.Clients, table, a => a.InsertAsync(intent))).Status == WriteStatus.Committed;
        }
        catch (CoordinatorException)
        {
            return false;
        }
    }

    private static RowBlock OneRow()
    {
        var builder = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64)));
        builder[0].Append(1L);
        return builder.Build();
    }
}
