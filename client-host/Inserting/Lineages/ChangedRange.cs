namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>What became of a committed range whose records do not stand together as they were.</summary>
/// <param name="Same">The records that are committed as they are, by their ordinals.</param>
/// <param name="Changed">The records that stand where others were committed.</param>
/// <param name="IsExact">True if each of <paramref name="Changed"/> is another record for certain; false if some of them may be committed as they
/// are.</param>
/// <param name="Removed">How many of its records are no longer in the file.</param>
internal sealed record ChangedRange(IReadOnlyList<long> Same, IReadOnlyList<long> Changed, bool IsExact, long Removed)
{
    /// <summary>What is known of <see cref="Changed"/>.</summary>
    public RecordFate FateOfChanged => IsExact ? RecordFate.Changed : RecordFate.Doubtful;
}
