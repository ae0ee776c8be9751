namespace Coordinator.Client.Connecting;

/// <summary>Lets a starting client retry for some time, and then fail with an error that says where it looked.</summary>
internal sealed class ConnectRetryFilter(ClusteringSettings settings, TimeSpan limit, TimeProvider time) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly long _started = time.GetTimestamp();

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_started) >= limit)
        {
            throw new SiloUnavailableException(
                $"No silo answers within {limit.TotalSeconds:0.#} s {settings.Advice}.",
                innerException: exception);
        }

        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
