using Coordinator.Intents;

namespace Coordinator.Receipts;

/// <summary>The intent does not fit the warehouse. The same intent would be rejected again. Nothing of it was written.</summary>
/// <remarks>The caller's side makes this exception from a receipt, so it is never serialized.</remarks>
public sealed class IntentRejectedException(IntentId id, IReadOnlyList<RowError> errors)
    : Exception($"Intent {id} was rejected: {string.Join("; ", errors.Take(3))}{(errors.Count > 3 ? $" and {errors.Count - 3} more" : "")}")
{
    /// <summary>The rejected intent.</summary>
    public IntentId Id { get; } = id;

    /// <summary>Every error found, in the order of rows.</summary>
    public IReadOnlyList<RowError> RowErrors { get; } = errors;
}
