namespace Coordinator.Errors;

/// <summary>A job's tick was submitted before it is due by the clocks of the silo and the warehouse, so the host that submitted it has a wrong
/// clock, or the silo has. Nothing was written. The message names both clocks.
/// <see cref="CoordinatorException.RetryAfter"/> is zero if the submitting host's clock must be wrong: other hosts submit the tick too.</summary>
[GenerateSerializer, Alias("coordinator.TickNotDueException")]
public sealed class TickNotDueException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
    : CoordinatorException(message, retryAfter, innerException);
