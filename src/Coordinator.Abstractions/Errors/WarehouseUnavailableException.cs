namespace Coordinator.Errors;

/// <summary>The warehouse is unreachable or refuses work. This submission wrote nothing. Whether an earlier submission of the same id did is
/// unknown, because its ledger is unreachable too.</summary>
[GenerateSerializer, Alias("coordinator.WarehouseUnavailableException")]
public sealed class WarehouseUnavailableException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
