using Coordinator.Core.Ledger;
using Coordinator.Intents;

namespace Coordinator.Core.Warehouses;

/// <summary>One try at an update.</summary>
public sealed record UpdateRun
{
    private readonly long _through;

    /// <summary>The transaction's name in the ledgers.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>What to run.</summary>
    public required UpdateIntent Intent { get; init; }

    /// <summary>The owner token of the activation that runs it.</summary>
    public required string Activation { get; init; }

    /// <summary>Asked last before COMMIT: do all reservations still stand?</summary>
    public required CommitCheck MayCommit { get; init; }

    /// <summary>The last number that the run covers: the intent's own unless later ticks were coalesced into it.</summary>
    public long Through
    {
        get => Math.Max(_through, Intent.Id.Sequence);
        init => _through = value;
    }

    /// <summary>What the ledger is asked about, and what it records unless it has later numbers already.</summary>
    public SequenceRange Range => new(Intent.Id.Origin, Intent.Id.Sequence, Through, 0, Intent.ContentHash);

    /// <summary>
    /// What is left of <see cref="Range"/> beside what the ledger has of it: rows of a ledger never overlap, so a tick that ran by itself meanwhile cuts it short.
    /// </summary>
    /// <param name="knownFirsts">Where rows of the ledger begin that lie within the range.</param>
    /// <param name="rows">The rows that the SQL affected.</param>
    public SequenceRange RangeBefore(IEnumerable<long> knownFirsts, long rows) => Range with { Last = knownFirsts.Append(Through + 1).Min() - 1, Rows = rows };
}
