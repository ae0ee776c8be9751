namespace Coordinator.Errors;

/// <summary>The table's queue is full. The intent was not queued: this submission wrote nothing.</summary>
[GenerateSerializer, Alias("coordinator.QueueFullException")]
public sealed class QueueFullException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
