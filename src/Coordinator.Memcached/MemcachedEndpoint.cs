using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Coordinator.Memcached;

/// <summary>One server: keeps a connection to it, and says at once when there is none.</summary>
internal sealed partial class MemcachedEndpoint : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstTry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemcachedClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private volatile MemcachedConnection? _connection;
    private volatile string _trouble = "not connected yet";

    public MemcachedEndpoint(ServerAddress server, MemcachedClientOptions options, TimeProvider clock, Random random, ILogger logger)
    {
        Server = server;
        _options = options;
        _clock = clock;
        _random = random;
        _logger = logger;
        _loop = Task.Run(StayConnectedAsync);
    }

    public ServerAddress Server { get; }

    /// <summary>Why there is no connection.</summary>
    public string Trouble => _trouble;

    /// <summary>The same as a reply.</summary>
    public MemcachedReply Unreachable => new(ReplyKind.Unreachable, Detail: $"{Server}: {_trouble}");

    /// <summary>The connection, or null. Waits only for the first try after the start, which ends at the connect timeout.</summary>
    public async ValueTask<MemcachedConnection?> ConnectionAsync(CancellationToken cancellationToken)
    {
        if (!_firstTry.Task.IsCompleted) await _firstTry.Task.WaitAsync(cancellationToken);
        return _connection;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }

    private async Task StayConnectedAsync()
    {
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            if (await TryConnectAsync() is { } connection)
            {
                failures = 0;
                await using (connection) await ServeAsync(connection);
            }
            else if (++failures is 1 || failures % 30 == 0)
            {
                LogUnreachable(Server, failures, _trouble);
            }

            _firstTry.TrySetResult();
            await PauseAsync(failures);
        }
    }

    private async Task ServeAsync(MemcachedConnection connection)
    {
        _connection = connection;
        _firstTry.TrySetResult();
        LogConnected(Server);
        using (_stopping.Token.UnsafeRegister(static c => ((MemcachedConnection)c!).Close("the client was disposed of"), connection))
            await connection.Closed;
        _trouble = connection.ClosedBecause;
        _connection = null;
        if (!_stopping.IsCancellationRequested) LogClosed(Server, _trouble);
    }

    private async Task<MemcachedConnection?> TryConnectAsync()
    {
        // A DnsEndPoint, so that the name is resolved anew each time.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = new CancellationTokenSource(_options.ConnectTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(Server.Host, Server.Port), either.Token);
            MemcachedMetrics.Connects.Add(1, MemcachedMetrics.Server(Server.ToString()));
            return new MemcachedConnection(socket, Server, _options, _clock);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            _trouble = e is SocketException ? e.Message : $"no connection within {_options.ConnectTimeout.TotalSeconds:0.###} s";
            socket.Dispose();
            return null;
        }
    }

    private async Task PauseAsync(int failures)
    {
        var longest = Math.Min(_options.MaxReconnectDelay.Ticks, _options.ReconnectDelay.Ticks * Math.Pow(2, Math.Min(failures, 20)));
        var pause = TimeSpan.FromTicks((long)(longest * (0.5 + (_random.NextDouble() / 2))));
        await Task.Delay(pause, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
