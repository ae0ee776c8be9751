namespace Coordinator.Errors;

/// <summary>The connection died around COMMIT and the ledger could not be asked yet. Submit the same id again to learn the outcome.</summary>
[GenerateSerializer, Alias("coordinator.OutcomeUnknownException")]
public sealed class OutcomeUnknownException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
