using Coordinator.Receipts;

namespace Coordinator.Core.Committing;

/// <summary>The outcome of one intent of a batch: a receipt, or the exception for its caller.</summary>
public readonly record struct IntentOutcome(WriteReceipt? Receipt, Exception? Failure)
{
    public static implicit operator IntentOutcome(WriteReceipt receipt) => new(receipt, null);

    public static implicit operator IntentOutcome(Exception failure) => new(null, failure);
}
