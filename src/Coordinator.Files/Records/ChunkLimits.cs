namespace Coordinator.Files.Records;

/// <summary>Where a chunk ends. The limits depend only on the source text, so that the same records are always split at the same
/// places.</summary>
/// <param name="Rows">The maximum number of records.</param>
/// <param name="Bytes">The maximum number of bytes, unless a single record is larger.</param>
internal sealed record ChunkLimits(int Rows, long Bytes)
{
    /// <summary>Everything in one chunk.</summary>
    public static ChunkLimits None { get; } = new(int.MaxValue, long.MaxValue);

    /// <summary>The ordinals of records that always begin a chunk, at the borders of committed parts.</summary>
    public IReadOnlySet<long> Starts { get; init; } = new HashSet<long>();

    /// <summary>True if a chunk must end before a record of this length.</summary>
    public bool EndsBefore(RecordChunk chunk, long nextBytes) =>
        chunk.Rows.Count > 0
            && (chunk.Rows.Count >= Rows || chunk.SourceBytes + nextBytes > Bytes || Starts.Contains(chunk.First + chunk.Rows.Count));
}
