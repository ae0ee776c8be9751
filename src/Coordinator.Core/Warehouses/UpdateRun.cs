using Coordinator.Core.Ledger;
using Coordinator.Grains;
using Coordinator.Intents;

namespace Coordinator.Core.Warehouses;

/// <summary>One try at an update.</summary>
public sealed record UpdateRun
{
    private readonly long _through;

    /// <summary>The id of the transaction in the ledgers.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The update.</summary>
    public required UpdateIntent Intent { get; init; }

    /// <summary>The activation that runs it; its owner token stands in the ledgers.</summary>
    public required OwnerToken Activation { get; init; }

    /// <summary>The last check before COMMIT: are all reservations still valid?</summary>
    public required CommitCheck MayCommit { get; init; }

    /// <summary>The last number that the run covers: the intent's own unless later ticks were coalesced into it.</summary>
    public long Through
    {
        get => Math.Max(_through, Intent.Id.Sequence);
        init => _through = value;
    }

    /// <summary>The range to look up in the ledger, and to record unless the ledger already has later numbers.</summary>
    public SequenceRange Range => new(Intent.Id.Origin, Intent.Id.Sequence, Through, 0, Intent.ContentHash);

    /// <summary>The part of <see cref="Range"/> before existing ledger rows: rows of a ledger never overlap, so a tick that ran by itself in the
    /// meantime shortens it.</summary>
    /// <param name="knownFirsts">The first numbers of ledger rows within the range.</param>
    /// <param name="rows">The rows that the SQL affected.</param>
    public SequenceRange RangeBefore(IEnumerable<long> knownFirsts, long rows) =>
        Range with { Last = knownFirsts.Append(Through + 1).Min() - 1, Rows = rows };
}
