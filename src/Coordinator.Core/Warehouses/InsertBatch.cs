using Coordinator.Intents;

namespace Coordinator.Core.Warehouses;

/// <summary>Inserts that share a transaction: same table, rows bound to the types of its columns, columns of any names and order.</summary>
public sealed record InsertBatch
{
    /// <summary>The transaction's name in the ledger.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The target, as it was when the rows were bound to it.</summary>
    public required TableSchema Schema { get; init; }

    /// <summary>True if the intents were not all bound to <see cref="Schema"/>: the table changed while they waited, and they are bound again first.</summary>
    public bool IsMixed { get; init; }

    /// <summary>The owner token of the activation that writes: the ledger shows by it who overlapped with whom.</summary>
    public required string Activation { get; init; }

    /// <summary>The intents, in the order of the queue; ids are distinct. Row blocks are what <see cref="Binding.RowBinder"/> made of them.</summary>
    public required IReadOnlyList<InsertIntent> Intents { get; init; }

    /// <summary>Asked before a transaction begins, at every try, and last before COMMIT.</summary>
    public required CommitCheck MayCommit { get; init; }

    /// <summary>Asked instead before a try that follows the loss of the warehouse's connection: whoever lost that may have been alone in the network, and others may have gone on without it.</summary>
    public CommitCheck? MayGoOn { get; init; }
}
