using Coordinator.Client;
using Coordinator.ClientHost.Rows;

namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>What of a file is to be sent, and under which ids.</summary>
internal abstract class InsertPlan(ChunkLimits limits)
{
    /// <summary>Where chunks end: also where what is known begins and ends.</summary>
    public ChunkLimits Limits { get; protected init; } = limits;

    /// <summary>The intents that the ledger has already.</summary>
    public long IntentsCommitted { get; protected init; }

    /// <summary>The records that the ledger has already and that are in the file.</summary>
    public long RecordsCommitted { get; protected init; }

    /// <summary>Records that an earlier version of the file had and that are committed.</summary>
    public long RecordsRemoved { get; protected init; }

    /// <summary>What is known of a chunk's records.</summary>
    public abstract RecordFate FateOf(RecordChunk chunk);

    /// <summary>Adds a chunk's id, content hash and anchors to other options.</summary>
    public abstract WriteOptions Stamp(RecordChunk chunk, WriteOptions options);
}
