using Coordinator.Laboratory.Chaos;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>A table that is created, written, read and dropped. Its ledger stays, as it does when others drop a table.</summary>
internal sealed class PassingTable : IEverydayEvent
{
    private const int Calls = 6;

    public string Name => "passing-table";

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task HappenAsync(CallersScene scene, CancellationToken ct)
    {
        var table = $"passing_{scene.Count}";
        var calls = new List<SentCall>();
        // What this table should have is known at once, so these calls are in no file.
        var log = new CallLog(scene.Clock, calls.Add);
        await RunAsync(scene, $"CREATE TABLE {table} ({ChaosRow.Columns})", ct);
        for (var i = 0; i < Calls; i++)
        {
            IDoor door = i % 2 == 0 ? scene.Http : scene.Sdk;
            await log.SendAsync(door, scene.Intent(table, log.Rows(5)), ct);
        }

        var stored = await StoredTableReader.ReadAsync(scene.Database, table, ct);
        foreach (var finding in HistoryChecker.Check(new History { Calls = calls, Tables = [stored] })) scene.Files.Trouble(finding.ToString());
        foreach (var call in calls.Where(static c => c.Answer != CallAnswer.Committed)) scene.Files.Trouble($"{table}: {call.Answer} {call.Text}");
        await RunAsync(scene, $"DROP TABLE {table}", ct);
    }

    private static async Task RunAsync(CallersScene scene, string sql, CancellationToken ct)
    {
        await using var command = scene.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
