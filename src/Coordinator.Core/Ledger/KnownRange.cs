using Coordinator.Intents;

namespace Coordinator.Core.Ledger;

/// <summary>A row of a ledger that was asked about.</summary>
/// <param name="Range">What it covers.</param>
/// <param name="Entry">Its transaction.</param>
public sealed record KnownRange(SequenceRange Range, LedgerEntry Entry)
{
    /// <summary>True if it has this intent.</summary>
    public bool Has(IntentId id) => Range.Origin == id.Origin && Range.First <= id.Sequence && id.Sequence <= Range.Last;
}
