namespace Coordinator.Errors;

/// <summary>Another activation of the table holds the ghetto lock. The intent was not queued here.</summary>
[GenerateSerializer, Alias("coordinator.TableLockedException")]
public sealed class TableLockedException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
