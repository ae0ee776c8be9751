namespace Coordinator.Errors;

/// <summary>The warehouse cannot be reached or refuses work. The intent is not written.</summary>
[GenerateSerializer, Alias("coordinator.WarehouseUnavailableException")]
public sealed class WarehouseUnavailableException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
