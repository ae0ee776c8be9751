namespace Coordinator.Errors;

/// <summary>The intent exceeded its maximum wait and was dropped from the queue: this submission wrote nothing.</summary>
[GenerateSerializer, Alias("coordinator.IntentExpiredException")]
public sealed class IntentExpiredException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
