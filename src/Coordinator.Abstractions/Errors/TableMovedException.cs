namespace Coordinator.Errors;

/// <summary>The activation that queued the intent is ending. Submit the intent again: it reaches the next activation.</summary>
[GenerateSerializer, Alias("coordinator.TableMovedException")]
public sealed class TableMovedException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
