namespace Coordinator.Errors;

/// <summary>The silo that answered writes to another warehouse than the one that the client has written to since its start. It wrote nothing.
/// Another try helps only when the client's own cluster is back at its address.</summary>
[GenerateSerializer, Alias("coordinator.OtherWarehouseException")]
public sealed class OtherWarehouseException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
