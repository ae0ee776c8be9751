namespace Coordinator.RedshiftSimulator.Commits;

/// <summary>The cluster's commit queue: a limited number at a time, each with a latency.</summary>
internal sealed class CommitQueue(SimulatorOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.ConcurrentCommits, options.ConcurrentCommits);

    public void Dispose() => _places.Dispose();

    /// <summary>Waits for a slot and holds it while the commit runs.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> commit, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            if (options.CommitLatency > TimeSpan.Zero) await Task.Delay(options.CommitLatency, time, cancellationToken);
            return await commit();
        }
        finally
        {
            _places.Release();
        }
    }
}
