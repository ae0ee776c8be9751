namespace Coordinator.Errors;

/// <summary>The connection failed around COMMIT and the ledger is not reachable yet. Submit the same id again to learn the outcome.</summary>
[GenerateSerializer, Alias("coordinator.OutcomeUnknownException")]
public sealed class OutcomeUnknownException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
