using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Committing;

/// <summary>Translates the failure of a transaction to the exception for its caller. Callers share no exception type with an adapter.</summary>
public static class CallerFailure
{
    private const string OnlyTheLedger = "Only the ledger knows whether an earlier submission did: submit the same id again.";

    /// <summary>The exception for a query about an intent whose ledger did not answer.</summary>
    public static CoordinatorException OfQuestion(Exception failure, IntentId id, TimeSpan retryAfter)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new WarehouseUnavailableException(
            $"The ledgers cannot be asked, so whether intent {id} is committed is not known. Ask again. ({failure.Message})", retryAfter);
    }

    /// <summary>The exception for a query of a table's ledger.</summary>
    public static CoordinatorException OfQuestion(Exception failure, TableName table, TimeSpan retryAfter)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new WarehouseUnavailableException($"The ledger of {table} cannot be asked now. Ask again. ({failure.Message})", retryAfter);
    }

    /// <summary>The exception for the caller of an intent without a receipt.</summary>
    public static CoordinatorException Of(Exception failure, IntentId id, TimeSpan retryAfter) => failure switch
    {
        WarehouseException { Kind: FailureKind.Unknown } => new OutcomeUnknownException(
            $"The warehouse went away around COMMIT and the outcome of intent {id} is unknown. Submit the same id again to learn it. "
                + $"({failure.Message})", retryAfter),
        WarehouseException { Kind: FailureKind.TurnLost } or OperationCanceledException => new TableMovedException(
            $"The activation that had intent {id} is going away. Submit it again: it reaches the next one."),
        WarehouseException { Kind: FailureKind.Conflict } => new WarehouseUnavailableException(
            $"This submission of intent {id} met a conflict at every try and wrote nothing. {OnlyTheLedger} ({failure.Message})", retryAfter),
        WarehouseException => new WarehouseUnavailableException(
            $"The warehouse is unavailable; this submission of intent {id} wrote nothing. {OnlyTheLedger} ({failure.Message})", retryAfter),
        _ => new CoordinatorException($"Intent {id} failed unexpectedly: {failure.GetType().Name}. The silo's log has more.", retryAfter),
    };
}
