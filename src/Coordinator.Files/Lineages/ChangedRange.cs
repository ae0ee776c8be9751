namespace Coordinator.Files.Lineages;

/// <summary>The result for a committed range whose records are no longer in their committed order.</summary>
/// <param name="Same">The ordinals of the records that are committed unchanged.</param>
/// <param name="Changed">The ordinals of the records in places where others were committed.</param>
/// <param name="IsExact">True if each of <paramref name="Changed"/> is certainly another record; false if some of them may be committed
/// unchanged.</param>
/// <param name="Removed">The number of its records that are no longer in the file.</param>
internal sealed record ChangedRange(IReadOnlyList<long> Same, IReadOnlyList<long> Changed, bool IsExact, long Removed)
{
    /// <summary>The state of the records in <see cref="Changed"/>.</summary>
    public RecordFate FateOfChanged => IsExact ? RecordFate.Changed : RecordFate.Doubtful;
}
