using Coordinator.Grains;
using Coordinator.Intents;

namespace Coordinator.Core.Warehouses;

/// <summary>Inserts that share a transaction: same table, rows bound to the types of its columns, columns in any selection and order.</summary>
public sealed record InsertBatch
{
    /// <summary>The id of the transaction in the ledger.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The table that the rows were bound to.</summary>
    public required TableSchema Schema { get; init; }

    /// <summary>True if not all intents were bound to <see cref="Schema"/>: the table changed while they waited, and they are bound again
    /// first.</summary>
    public bool IsMixed { get; init; }

    /// <summary>True if some of the intents will probably be rejected. An adapter that can then leaves these out within the transaction
    /// (<see cref="BatchResult.Rejected"/>), which costs every such batch a little; others reject the batch.</summary>
    public bool LeavesOutRejected { get; init; }

    /// <summary>The writing activation; its owner token stands in the ledger.</summary>
    public required OwnerToken Activation { get; init; }

    /// <summary>The intents, in the order of the queue, with distinct ids. Their row blocks are results of
    /// <see cref="Binding.RowBinder"/>.</summary>
    public required IReadOnlyList<InsertIntent> Intents { get; init; }

    /// <summary>Called before each transaction, at every try, and last before COMMIT.</summary>
    public required CommitCheck MayCommit { get; init; }

    /// <summary>Called instead before a try that follows a lost connection to the warehouse: the activation may have been cut off from the
    /// network, and others may have continued without it.</summary>
    public CommitCheck? MayRetry { get; init; }
}
