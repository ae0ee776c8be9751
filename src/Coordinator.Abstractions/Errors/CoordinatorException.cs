namespace Coordinator.Errors;

/// <summary>A write ended without a receipt. A retry with the same intent id is always safe: an earlier attempt that committed is not written
/// again.</summary>
[GenerateSerializer, Alias("coordinator.CoordinatorException")]
public class CoordinatorException : Exception
{
    public CoordinatorException(string message, TimeSpan retryAfter = default, Exception? innerException = null)
        : base(message, innerException) => RetryAfter = retryAfter;

    /// <summary>When a retry is likely to succeed; zero means immediately.</summary>
    [Id(0)]
    public TimeSpan RetryAfter { get; init; }
}
