namespace Coordinator.Errors;

/// <summary>The table's queue is at its limit. The intent was not queued and is not written.</summary>
[GenerateSerializer, Alias("coordinator.QueueFullException")]
public sealed class QueueFullException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
