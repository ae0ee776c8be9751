using Coordinator.Intents;

namespace Coordinator.Core.Warehouses;

/// <summary>One try at an update.</summary>
public sealed record UpdateRun
{
    /// <summary>The transaction's name in the ledgers.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>What to run.</summary>
    public required UpdateIntent Intent { get; init; }

    /// <summary>The owner token of the activation that runs it.</summary>
    public required string Activation { get; init; }

    /// <summary>Asked last before COMMIT: do all reservations still stand?</summary>
    public required CommitCheck MayCommit { get; init; }
}
