using Coordinator.Demo;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>The main workload of the coordinator, on PostgreSQL at SERIALIZABLE, with the lock on memcached.</summary>
public sealed class CycleWorkloadTests : IDemoView
{
    private static readonly DemoSettings Settings = new() { Half = TimeSpan.FromSeconds(20), Inserters = 8, Updaters = 1, Readers = 1 };

    private readonly List<string> _strongLocks = [];
    private NpgsqlDataSource _database = null!;

    [Fact]
    public async Task The_cycle_fails_uncoordinated_and_nothing_fails_coordinated()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var memcached = await MemcachedServer.StartAsync();
        await memcached.GrowOldAsync("coordinator");
        await using var database = _database = NpgsqlDataSource.Create(postgres.ConnectionString + ";Pooling=false");
        await using var warehouse = new PostgresDemoWarehouse(postgres.ConnectionString);

        var report = await new DemoRun(Settings, warehouse, "cycle", [$"--Coordinator:Locking:Memcached:Servers={memcached.Endpoint}"], this)
            .RunAsync(CancellationToken.None);

        Assert.True(report.Uncoordinated.Updates.Conflicts > 0, "uncoordinated, some of the job's runs fail");
        Assert.Equal(0, report.Coordinated.Conflicts);
        Assert.Equal((0, 0, 0), (report.Coordinated.Inserts.Conflicts, report.Coordinated.Updates.Conflicts, report.Coordinated.Reads.Conflicts));
        Assert.True(report.Coordinated.Reads.Committed > 0, "the reader reads");
        Assert.True(report.Coordinated.Updates.Committed > 0, "the job runs");
        Assert.True(report.ExactlyOnce, string.Join("; ", report.Problems));
        Assert.Equal("Memcached", report.Lock.Provider);
        // Invariant 4: the coordinator never blocks a reader; the lock of a write does not block readers.
        Assert.Empty(_strongLocks);
    }

    async Task IDemoView.WatchAsync(string half, Tally tally, TimeSpan length, Func<Task> work)
    {
        var working = work();
        while (!working.IsCompleted)
        {
            if (half == "coordinated") await LookForStrongLocksAsync();
            await Task.WhenAny(working, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));
        }

        await working;
    }

    private async Task LookForStrongLocksAsync()
    {
        await using var command = _database.CreateCommand("""
            SELECT DISTINCT l.mode || ' on ' || l.relation::regclass FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE l.locktype = 'relation' AND n.nspname = 'coordinator_demo' AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) _strongLocks.Add(reader.GetString(0));
    }
}
