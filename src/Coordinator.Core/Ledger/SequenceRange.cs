using Coordinator.Intents;

namespace Coordinator.Core.Ledger;

/// <summary>One row of a ledger: consecutive sequence numbers of one origin that share a batch.</summary>
/// <param name="Origin">The origin of the numbers.</param>
/// <param name="First">The first number.</param>
/// <param name="Last">The last number, inclusive.</param>
/// <param name="Rows">The number of rows of all its intents.</param>
/// <param name="Content">The content hash if known; then the range is one intent. For an anchor it is the origin that the anchor stands for, and
/// there are no rows.</param>
public readonly record struct SequenceRange(Guid Origin, long First, long Last, long Rows, Guid Content = default)
{
    /// <summary>The sequence of an anchor, which no intent has.</summary>
    public const long AnchorSequence = IntentRange.AnchorSequence;

    /// <summary>The ledger row that maps an anchor to an origin.</summary>
    public static SequenceRange Anchor(Guid anchor, Guid origin) => new(anchor, AnchorSequence, AnchorSequence, 0, origin);
}
