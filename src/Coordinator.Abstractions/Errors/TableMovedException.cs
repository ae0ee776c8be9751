namespace Coordinator.Errors;

/// <summary>The activation that queued the intent is going away. Submit it again: it reaches the next one.</summary>
[GenerateSerializer, Alias("coordinator.TableMovedException")]
public sealed class TableMovedException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
