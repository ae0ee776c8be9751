using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;
using Microsoft.Extensions.Logging;

namespace Coordinator.Memcached.Servers;

/// <summary>Asks an ElastiCache configuration endpoint for the servers periodically, and immediately after a server was lost.</summary>
internal sealed partial class ClusterDiscovery : IAsyncDisposable
{
    private readonly ServerAddress _server;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _minInterval;
    private readonly Connector _connector;
    private readonly Func<IReadOnlyList<ServerAddress>, ValueTask> _onServers;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _askNow = new(0, 1);
    private readonly TaskCompletionSource _firstTry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;
    private long _version = -1;
    private volatile NoConnection _none;

    public ClusterDiscovery(
        ServerAddress server, TimeSpan interval, MemcachedConnectionOptions options, TimeProvider clock,
        Func<IReadOnlyList<ServerAddress>, ValueTask> onServers, ILogger logger)
    {
        _server = server;
        _interval = interval;
        _minInterval = _interval / 60;
        _connector = new Connector(options, clock);
        _onServers = onServers;
        _clock = clock;
        _logger = logger;
        _none = new NoConnection(_server, "its servers are not known yet");
        _loop = Task.Run(AskForeverAsync);
    }

    /// <summary>Completes with the first answer, or with the first failure.</summary>
    public Task FirstTry => _firstTry.Task;

    /// <summary>The connection to use while no servers are known; it has the reason.</summary>
    public NoConnection None => _none;

    /// <summary>Asks now, without waiting for the interval.</summary>
    public void AskNow()
    {
        try
        {
            _askNow.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to ask anyway.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }

    private async Task AskForeverAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var isKnown = await TryAskAsync();
            _firstTry.TrySetResult();
            await PauseAsync(_minInterval);
            // Without an answer there may be no servers at all, so it does not wait for the interval.
            if (isKnown && !_stopping.IsCancellationRequested) await PauseUntilAskedAsync();
        }
    }

    private async Task<bool> TryAskAsync()
    {
        try
        {
            // A new connection each time, because the endpoint's name leads to another server after a replacement.
            await using var connection = await _connector.ConnectAsync(_server, _stopping.Token);
            var reply = await connection.SendAsync(Command.Config, _stopping.Token);
            if (reply.Detail == "ERROR")
                throw new IOException(
                    "it does not know 'config get cluster', so it is no ElastiCache configuration endpoint: turn Discovery off and name the servers");
            if (reply.Kind != ReplyKind.Config) throw new IOException(reply.Detail);
            var found = ClusterConfiguration.Parse(reply.Value) ?? throw new IOException("its configuration is invalid");
            // A server that lags behind may still return an old version.
            if (found.Version > _version)
            {
                await _onServers(found.Servers);
                _version = found.Version;
                LogServers(_server, found.Version, string.Join(", ", found.Servers));
            }

            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            if (_stopping.IsCancellationRequested) return false;
            if (_none.Reason != e.Message) LogFailed(_server, e.Message);
            _none = new NoConnection(_server, e.Message);
            return false;
        }
    }

    private async Task PauseUntilAskedAsync()
    {
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var wait = _askNow.WaitAsync(asked.Token);
        await Task.WhenAny(wait, Task.Delay(_interval - _minInterval, _clock, asked.Token));
        await asked.CancelAsync();
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PauseAsync(TimeSpan pause) =>
        await Task.Delay(pause, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
