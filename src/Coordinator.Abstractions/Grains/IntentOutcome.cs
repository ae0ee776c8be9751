using Coordinator.Errors;
using Coordinator.Receipts;

namespace Coordinator.Grains;

/// <summary>The outcome of one intent: a receipt, or the exception that its caller gets.</summary>
/// <param name="Receipt">The receipt; null if there is none.</param>
/// <param name="Failure">Why there is no receipt; null if there is one.</param>
[GenerateSerializer, Immutable, Alias("coordinator.SubmitOutcome")]
public readonly record struct IntentOutcome([property: Id(0)] WriteReceipt? Receipt, [property: Id(1)] CoordinatorException? Failure)
{
    public static implicit operator IntentOutcome(WriteReceipt receipt) => new(receipt, null);

    public static implicit operator IntentOutcome(CoordinatorException failure) => new(null, failure);
}
