namespace Coordinator.ClientHost.Rows;

/// <summary>Where a chunk ends: the limits look at the source text alone, so that the same records always divide in the same places.</summary>
/// <param name="Rows">The most records.</param>
/// <param name="Bytes">The most bytes of records, unless one record alone is larger.</param>
internal sealed record ChunkLimits(int Rows, long Bytes)
{
    /// <summary>Everything in one chunk.</summary>
    public static ChunkLimits None { get; } = new(int.MaxValue, long.MaxValue);

    /// <summary>
    /// Records that always begin a chunk, by their ordinals: where a part that is committed already begins or ends.
    /// </summary>
    public IReadOnlySet<long> Starts { get; init; } = new HashSet<long>();

    /// <summary>True if a chunk cannot take one more record of this length.</summary>
    public bool EndsBefore(RecordChunk chunk, long nextBytes) =>
        chunk.Rows.Count > 0
            && (chunk.Rows.Count >= Rows || chunk.SourceBytes + nextBytes > Bytes || Starts.Contains(chunk.First + chunk.Rows.Count));
}
