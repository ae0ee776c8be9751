using Coordinator.Intents;

namespace Coordinator.Core.Ledger;

/// <summary>One row of a ledger: neighbouring sequence numbers of one origin that share a batch.</summary>
/// <param name="Origin">Whose numbers.</param>
/// <param name="First">The first.</param>
/// <param name="Last">The last, itself included.</param>
/// <param name="Rows">The rows of all its intents.</param>
/// <param name="Content">The hash of its content if that is known; then the range is one intent. Of an anchor it is the origin that the anchor stands for, and there are no rows.</param>
public readonly record struct SequenceRange(Guid Origin, long First, long Last, long Rows, Guid Content = default)
{
    /// <summary>The number of an anchor, which no intent has.</summary>
    public const long AnchorSequence = IntentRange.AnchorSequence;

    /// <summary>The row by which a ledger knows an origin under another one.</summary>
    public static SequenceRange Anchor(Guid anchor, Guid origin) => new(anchor, AnchorSequence, AnchorSequence, 0, origin);
}
