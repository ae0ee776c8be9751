using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary><see cref="TableCounts"/> in the making. Times are milliseconds. Not thread-safe.</summary>
internal sealed class CountSums
{
    public long Intents;
    public long Rows;
    public long Batches;
    public long Updates;
    public long Rejected;
    public long Failed;
    public long Conflicts;
    public long Retries;
    public long Overlaps;
    public long AlreadyCommitted;
    public long Coalesced;
    public long SchemaChanges;
    public double InsertsHeld;
    public double UpdatesHeld;
    public double Blocked;

    public TableCounts Read() => new()
    {
        Intents = Intents,
        Rows = Rows,
        Batches = Batches,
        Updates = Updates,
        Rejected = Rejected,
        Failed = Failed,
        Conflicts = Conflicts,
        Retries = Retries,
        Overlaps = Overlaps,
        AlreadyCommitted = AlreadyCommitted,
        Coalesced = Coalesced,
        SchemaChanges = SchemaChanges,
        InsertsHeldMilliseconds = InsertsHeld,
        UpdatesHeldMilliseconds = UpdatesHeld,
        BlockedMilliseconds = Blocked,
    };
}
