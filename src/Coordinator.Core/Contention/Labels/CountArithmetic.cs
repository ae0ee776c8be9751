using Coordinator.Contention;

namespace Coordinator.Core.Contention.Labels;

/// <summary>Differences of counts.</summary>
internal static class CountArithmetic
{
    public static TableCounts Minus(this in TableCounts a, in TableCounts b) => new()
    {
        Intents = a.Intents - b.Intents,
        Rows = a.Rows - b.Rows,
        Batches = a.Batches - b.Batches,
        Updates = a.Updates - b.Updates,
        Rejected = a.Rejected - b.Rejected,
        Failed = a.Failed - b.Failed,
        Conflicts = a.Conflicts - b.Conflicts,
        Retries = a.Retries - b.Retries,
        Overlaps = a.Overlaps - b.Overlaps,
        AlreadyCommitted = a.AlreadyCommitted - b.AlreadyCommitted,
        Coalesced = a.Coalesced - b.Coalesced,
        SchemaChanges = a.SchemaChanges - b.SchemaChanges,
        InsertsHeldMilliseconds = a.InsertsHeldMilliseconds - b.InsertsHeldMilliseconds,
        UpdatesHeldMilliseconds = a.UpdatesHeldMilliseconds - b.UpdatesHeldMilliseconds,
        BlockedMilliseconds = a.BlockedMilliseconds - b.BlockedMilliseconds,
    };

    /// <summary>The larger of each: sums of fractions are not exact, and a series must not fall for that.</summary>
    public static TableCounts AtLeast(this in TableCounts a, in TableCounts b) => new()
    {
        Intents = Math.Max(a.Intents, b.Intents),
        Rows = Math.Max(a.Rows, b.Rows),
        Batches = Math.Max(a.Batches, b.Batches),
        Updates = Math.Max(a.Updates, b.Updates),
        Rejected = Math.Max(a.Rejected, b.Rejected),
        Failed = Math.Max(a.Failed, b.Failed),
        Conflicts = Math.Max(a.Conflicts, b.Conflicts),
        Retries = Math.Max(a.Retries, b.Retries),
        Overlaps = Math.Max(a.Overlaps, b.Overlaps),
        AlreadyCommitted = Math.Max(a.AlreadyCommitted, b.AlreadyCommitted),
        Coalesced = Math.Max(a.Coalesced, b.Coalesced),
        SchemaChanges = Math.Max(a.SchemaChanges, b.SchemaChanges),
        InsertsHeldMilliseconds = Math.Max(a.InsertsHeldMilliseconds, b.InsertsHeldMilliseconds),
        UpdatesHeldMilliseconds = Math.Max(a.UpdatesHeldMilliseconds, b.UpdatesHeldMilliseconds),
        BlockedMilliseconds = Math.Max(a.BlockedMilliseconds, b.BlockedMilliseconds),
    };
}
