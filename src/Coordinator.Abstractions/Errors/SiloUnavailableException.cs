namespace Coordinator.Errors;

/// <summary>No silo answers. The outcome of an intent that was under way is unknown until its id is submitted again.</summary>
[GenerateSerializer, Alias("coordinator.SiloUnavailableException")]
public sealed class SiloUnavailableException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
