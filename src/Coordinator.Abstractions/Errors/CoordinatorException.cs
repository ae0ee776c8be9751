namespace Coordinator.Errors;

/// <summary>
/// A write could not be answered with a receipt. Every one of these is safe to retry with the same intent id: what an earlier
/// attempt committed is not written again.
/// </summary>
[GenerateSerializer, Alias("coordinator.CoordinatorException")]
public class CoordinatorException : Exception
{
    public CoordinatorException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
        : base(message, innerException) => RetryAfter = retryAfter;

    /// <summary>When a retry is likely to do better; zero means at once.</summary>
    [Id(0)]
    public TimeSpan RetryAfter { get; init; }
}
