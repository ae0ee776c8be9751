using Coordinator.TestServers;

namespace Coordinator.Laboratory.Chaos.Staging;

/// <summary>A process that is started again whenever it has ended, as a service manager does, unless a fault keeps it down.</summary>
internal sealed class KeptProcess(string name, Func<bool> isRunning, Func<Task> start, Action<string> report, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private volatile bool _isDown;
    private volatile bool _isStarting;

    /// <summary>Leaves it down from now on.</summary>
    public void KeepDown() => _isDown = true;

    /// <summary>Starts it again, and returns when it has started. A start that fails, for instance because the warehouse is away, is
    /// repeated.</summary>
    public Task KeepUpAsync(CancellationToken ct)
    {
        _isDown = false;
        return Eventually.TrueAsync($"{name} runs", () => isRunning() && !_isStarting, Limit, ct);
    }

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            if (!_isDown && !isRunning()) await StartAsync();
            await Task.Delay(Period, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StartAsync()
    {
        _isStarting = true;
        try
        {
            report($"{name} is started");
            await start();
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
        {
            var lines = failure.Message.Split('\n');
            var cause = lines.FirstOrDefault(static l => l.Contains("exception", StringComparison.OrdinalIgnoreCase));
            report($"{name} did not start: {lines[0]} {cause}");
        }
        finally
        {
            _isStarting = false;
        }
    }
}
