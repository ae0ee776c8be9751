using Microsoft.Extensions.Logging;

namespace Coordinator.Memcached.Connections;

/// <summary>One server: keeps a connection to it, and reports immediately when there is none.</summary>
internal sealed partial class MemcachedEndpoint : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstTry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemcachedConnectionOptions _options;
    private readonly Connector _connector;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly Action _onLost;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private volatile IMemcachedConnection? _current;

    public MemcachedEndpoint(
        ServerAddress server, MemcachedConnectionOptions options, TimeProvider clock, Random random, Action onLost, ILogger logger)
    {
        Server = server;
        _options = options;
        _connector = new Connector(options, clock);
        _clock = clock;
        _random = random;
        _onLost = onLost;
        _logger = logger;
        _loop = Task.Run(StayConnectedAsync);
    }

    public ServerAddress Server { get; }

    /// <summary>The connection, or an object with the reason why there is none. Waits only for the first try after the start, which ends in
    /// time.</summary>
    public ValueTask<IMemcachedConnection> ConnectionAsync(CancellationToken cancellationToken) =>
        _current is { } current ? new(current) : FirstAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }

    private async ValueTask<IMemcachedConnection> FirstAsync(CancellationToken cancellationToken)
    {
        await _firstTry.Task.WaitAsync(cancellationToken);
        return _current!;
    }

    private async Task StayConnectedAsync()
    {
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _connector.ConnectAsync(Server, _stopping.Token);
                var since = _clock.GetTimestamp();
                await ServeAsync(connection);
                // Limits the reconnects to a server that accepts connections and closes them.
                failures = _clock.GetElapsedTime(since) < _options.MaxReconnectDelay ? failures + 1 : 0;
            }
            catch (IOException e)
            {
                Become(new NoConnection(Server, e.Message));
                if (++failures is 1 || failures % 30 == 0) LogUnreachable(Server, failures, e.Message);
            }

            await PauseAsync(failures);
        }

        Become(new NoConnection(Server, "the client no longer uses it"));
    }

    private async Task ServeAsync(MemcachedConnection connection)
    {
        Become(connection);
        LogConnected(Server);
        using (_stopping.Token.UnsafeRegister(static c => ((MemcachedConnection)c!).Close("the client was disposed of"), connection))
            await connection.Closed;
        Become(new NoConnection(Server, connection.ClosedBecause));
        if (_stopping.IsCancellationRequested) return;
        LogClosed(Server, connection.ClosedBecause);
        _onLost();
    }

    private void Become(IMemcachedConnection current)
    {
        _current = current;
        _firstTry.TrySetResult();
    }

    private async Task PauseAsync(int failures)
    {
        var longest = Math.Min(_options.MaxReconnectDelay.Ticks, _options.ReconnectDelay.Ticks * Math.Pow(2, Math.Min(failures, 20)));
        var pause = TimeSpan.FromTicks((long)(longest * (0.5 + (_random.NextDouble() / 2))));
        await Task.Delay(pause, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
