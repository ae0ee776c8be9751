using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Coordinator.RedshiftSimulator.Commits;
using Coordinator.RedshiftSimulator.Sessions;
using Npgsql;

namespace Coordinator.RedshiftSimulator;

/// <summary>A Redshift to test against: a proxy on PostgreSQL's wire protocol over a real PostgreSQL. See README.md for what it imitates and what not.</summary>
public sealed class RedshiftServer : IAsyncDisposable
{
    private readonly SimulatorState _state;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, byte> _sessions = new();
    private readonly Task _accepting;
    private bool _isDisposed;

    private RedshiftServer(SimulatorOptions options, TimeProvider time)
    {
        _state = new SimulatorState(options, time);
        _listener = new TcpListener(IPAddress.Loopback, options.Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port on loopback.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The statements that were executed, in order; of long ones the beginning and the end.</summary>
    public IReadOnlyCollection<string> Log => _state.Log;

    /// <summary>The statements that Redshift's dialect does not have, each with why.</summary>
    public IReadOnlyCollection<string> Refused => _state.Refused;

    /// <summary>How many statements were executed, those of transactions (BEGIN, COMMIT) included.</summary>
    public long Statements => _state.Statements;

    /// <summary>How many transactions failed because of others: error 1023 and, under SNAPSHOT, its counterpart.</summary>
    public long Violations => _state.Violations;

    /// <summary>How many transactions that wrote were committed.</summary>
    public long Commits => _state.CommitCount;

    /// <summary>Asked at every COMMIT of a transaction that wrote, with the session's application name: how is it to die?</summary>
    public Func<string, CommitKill> KillAtCommit
    {
        get => _state.KillAtCommit;
        set => _state.KillAtCommit = value;
    }

    /// <summary>Starts listening.</summary>
    public static RedshiftServer Start(SimulatorOptions options, TimeProvider? time = null) => new(options, time ?? TimeProvider.System);

    /// <summary>How to connect, to the same database and as the same user as a connection string of the server below says.</summary>
    public string ConnectionString(string upstream) =>
        new NpgsqlConnectionStringBuilder(upstream) { Host = "127.0.0.1", Port = Port, NoResetOnClose = true }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions.Keys);
        await _state.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                client.NoDelay = true;
                var session = ServeAsync(client);
                _sessions.TryAdd(session, 0);
                _ = session.ContinueWith(ended => _sessions.TryRemove(ended, out _), TaskScheduler.Default);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (!_stopping.IsCancellationRequested) throw;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();
        using (client)
        {
            try
            {
                await Handshake.RunAsync(_state, client, _stopping.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or SessionKilledException)
            {
                // The session is over, by whoever's doing.
            }
            catch (Exception e)
            {
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"redshift simulator: a session ended unexpectedly: {e}"));
            }
        }
    }
}
