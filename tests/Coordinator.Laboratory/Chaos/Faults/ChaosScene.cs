using System.Collections.Concurrent;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Laboratory.Chaos.Staging;
using Coordinator.Laboratory.Cluster;
using Coordinator.Simulation.Histories;
using Coordinator.Tables;

namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>What a fault works with.</summary>
internal sealed record ChaosScene
{
    public required LabCluster Cluster { get; init; }

    public required Keeper Keeper { get; init; }

    public required ClientNode Client { get; init; }

    public required Administrator Administrator { get; init; }

    /// <summary>The disk of one table.</summary>
    public required SmallDisk Disk { get; init; }

    public required CallLog Log { get; init; }

    /// <summary>The door of callers that do what they should not.</summary>
    public required HttpDoor Http { get; init; }

    public required SdkDoor Sdk { get; init; }

    /// <summary>The ledgers and fences that were dropped.</summary>
    public required ConcurrentQueue<LostMemory> Lost { get; init; }

    public required TimeProvider Clock { get; init; }

    public required CancellationToken Ct { get; init; }

    /// <summary>The silo that is struck, of those that strike one.</summary>
    public required SiloNode Silo { get; init; }

    /// <summary>The table that is struck, of those that strike one. Only inserts write it.</summary>
    public required string Table { get; init; }

    public required Random Random { get; init; }

    public required TimeSpan Length { get; init; }

    /// <summary>Waits for the fault's length.</summary>
    public Task LastAsync() => PauseAsync(Length);

    public Task PauseAsync(TimeSpan length) => Task.Delay(length, Clock, Ct);

    /// <summary>Repeats something until the fault's length is over.</summary>
    public async Task RepeatAsync(TimeSpan pause, Func<Task> action)
    {
        for (var began = Clock.GetTimestamp(); Clock.GetElapsedTime(began) < Length;)
        {
            await action();
            await PauseAsync(pause);
        }
    }

    public Task RunAsync(string sql) => Administrator.RunAsync(sql, Ct);

    /// <summary>Drops a table's ledger or fence.</summary>
    public async Task DropAsync(Func<TableName, TableName> name)
    {
        var began = Clock.GetUtcNow();
        try
        {
            await RunAsync($"DROP TABLE IF EXISTS {name(TableName.Parse(Table))}");
        }
        finally
        {
            // A try that failed may have dropped it.
            Lost.Enqueue(new LostMemory(Table, began, Clock.GetUtcNow()));
        }
    }
}
