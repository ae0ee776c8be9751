using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Intents;

namespace Coordinator.Core.Committing;

/// <summary>Translates what ended a transaction into what its caller is told. Callers share no exception type with any adapter.</summary>
public static class Failures
{
    /// <summary>The exception for the caller of an intent that has no receipt.</summary>
    public static CoordinatorException ToCaller(Exception failure, IntentId id, TimeSpan retryAfter) => failure switch
    {
        WarehouseException { Kind: FailureKind.Unknown } => new OutcomeUnknownException(
            $"The warehouse went away around COMMIT and the outcome of intent {id} is unknown. Submit the same id again to learn it. ({failure.Message})", retryAfter),
        WarehouseException { Kind: FailureKind.TurnLost } or OperationCanceledException => new TableMovedException(
            $"The activation that had intent {id} is going away. Submit it again: it reaches the next one."),
        WarehouseException { Kind: FailureKind.Conflict } => new WarehouseUnavailableException(
            $"Intent {id} met a conflict at every try and is not written. ({failure.Message})", retryAfter),
        WarehouseException => new WarehouseUnavailableException($"Intent {id} is not written: the warehouse is unavailable. ({failure.Message})", retryAfter),
        _ => new CoordinatorException($"Intent {id} failed unexpectedly: {failure.GetType().Name}. The silo's log has more.", retryAfter),
    };
}
