using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Errors;

/// <summary>The intent does not fit the warehouse; the same would be rejected again. Nothing of it was written.</summary>
/// <remarks>Made on the caller's side from a receipt, so it never travels.</remarks>
public sealed class IntentRejectedException(IntentId id, IReadOnlyList<RowError> errors)
    : Exception($"Intent {id} was rejected: {string.Join("; ", errors.Take(3))}{(errors.Count > 3 ? $" and {errors.Count - 3} more" : "")}")
{
    /// <summary>The rejected intent.</summary>
    public IntentId Id { get; } = id;

    /// <summary>Every error found, in the order of rows.</summary>
    public IReadOnlyList<RowError> RowErrors { get; } = errors;
}
