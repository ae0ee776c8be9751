namespace Coordinator.ClientHost.Rows;

/// <summary>Where a chunk ends: both limits look at the source text alone, so that the same file always divides in the same places.</summary>
/// <param name="Rows">The most records.</param>
/// <param name="Bytes">The most bytes of records, unless one record alone is larger.</param>
internal sealed record ChunkLimits(int Rows, long Bytes)
{
    /// <summary>
    /// The version of the rule by which files divide. Any change to the readers' division of a file must change it: intent ids hold it, and so
    /// never name other rows than they did.
    /// </summary>
    public const string RuleVersion = "1";

    /// <summary>Everything in one chunk.</summary>
    public static ChunkLimits None { get; } = new(int.MaxValue, long.MaxValue);

    /// <summary>True if a chunk that has so much already cannot take one more record.</summary>
    public bool EndsBefore(int rows, long bytes, long nextBytes) => rows > 0 && (rows >= Rows || bytes + nextBytes > Bytes);
}
