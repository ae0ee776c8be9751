using Coordinator.Client;
using Coordinator.Files.Records;

namespace Coordinator.Files.Lineages;

/// <summary>Which records of a file to send, and under which ids.</summary>
internal abstract class InsertPlan(ChunkLimits limits)
{
    /// <summary>The ends of chunks, including the borders of known parts.</summary>
    public ChunkLimits Limits { get; protected init; } = limits;

    /// <summary>The intents that are already in the ledger.</summary>
    public long IntentsCommitted { get; protected init; }

    /// <summary>The records of the file that are already in the ledger.</summary>
    public long RecordsCommitted { get; protected init; }

    /// <summary>Committed records of an earlier version of the file that are no longer in it.</summary>
    public long RecordsRemoved { get; protected init; }

    /// <summary>The state of a chunk's records.</summary>
    public abstract RecordFate FateOf(RecordChunk chunk);

    /// <summary>Adds a chunk's id, content hash and anchors to the options.</summary>
    public abstract WriteOptions Stamp(RecordChunk chunk, WriteOptions options);
}
