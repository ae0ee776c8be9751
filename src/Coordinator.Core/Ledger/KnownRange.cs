using Coordinator.Intents;

namespace Coordinator.Core.Ledger;

/// <summary>A ledger row, as the result of a look-up.</summary>
/// <param name="Range">The intents that it covers.</param>
/// <param name="Entry">Its transaction.</param>
public sealed record KnownRange(SequenceRange Range, LedgerEntry Entry)
{
    /// <summary>True if it contains this intent.</summary>
    public bool Has(IntentId id) => Range.Origin == id.Origin && Range.First <= id.Sequence && id.Sequence <= Range.Last;
}
