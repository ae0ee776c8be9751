using Coordinator.Intents;

namespace Coordinator.Core.Ledger;

/// <summary>A row of a ledger that was asked about.</summary>
/// <param name="Range">What it covers.</param>
/// <param name="Entry">Its transaction.</param>
public sealed record KnownRange(SequenceRange Range, LedgerEntry Entry)
{
    /// <summary>True if it has this intent.</summary>
    public bool Has(IntentId id) => Range.Origin == id.Origin && Range.First <= id.Sequence && id.Sequence <= Range.Last;

    /// <summary>True if the intent that it has came with other content. A row without a hash is taken at its word.</summary>
    public bool HasOtherContent(Guid contentHash) => contentHash != Guid.Empty && Range.Content != Guid.Empty && Range.Content != contentHash;
}
