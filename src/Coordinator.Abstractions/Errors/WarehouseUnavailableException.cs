namespace Coordinator.Errors;

/// <summary>The warehouse cannot be reached or refuses work. This submission wrote nothing; whether an earlier one of the same id did, its ledger could not be asked.</summary>
[GenerateSerializer, Alias("coordinator.WarehouseUnavailableException")]
public sealed class WarehouseUnavailableException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
