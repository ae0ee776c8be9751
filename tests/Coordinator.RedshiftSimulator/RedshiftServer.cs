using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Coordinator.RedshiftSimulator.Commits;
using Coordinator.RedshiftSimulator.Sessions;
using Coordinator.RedshiftSimulator.Wire;
using Npgsql;

namespace Coordinator.RedshiftSimulator;

/// <summary>A Redshift for tests: a proxy for PostgreSQL's wire protocol in front of a real PostgreSQL. README.md lists what it
/// imitates.</summary>
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

    /// <summary>The executed statements in order. Long ones are shortened to their beginning and end.</summary>
    public IReadOnlyCollection<string> Log => _state.Log;

    /// <summary>The refused statements, each with the reason.</summary>
    public IReadOnlyCollection<string> Refused => _state.Refused;

    /// <summary>The number of executed statements, including BEGIN and COMMIT.</summary>
    public long Statements => _state.Statements;

    /// <summary>The number of transactions that failed because of others: error 1023, or its counterpart under SNAPSHOT.</summary>
    public long Violations => _state.Violations;

    /// <summary>The number of committed transactions that wrote.</summary>
    public long Commits => _state.CommitCount;

    /// <summary>Called at every COMMIT of a transaction that wrote, with the session's application name. Returns how the session ends.</summary>
    public Func<string, CommitKill> KillAtCommit
    {
        get => _state.KillAtCommit;
        set => _state.KillAtCommit = value;
    }

    /// <summary>Pauses the Serverless workgroup, as it does by itself when it is idle. The next statement resumes it.</summary>
    public void Pause() => _state.Pause();

    /// <summary>Starts listening.</summary>
    public static RedshiftServer Start(SimulatorOptions options, TimeProvider? time = null) => new(options, time ?? TimeProvider.System);

    /// <summary>A connection string for the simulator, with the database and user of a connection string of the server below.</summary>
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
                Stream network = client.GetStream();
                if (_state.Options.ForgetsAfter is { } after) network = new ForgottenStream(network, after, _state.Time);
                await Handshake.RunAsync(_state, network, _stopping.Token);
            }
            catch (Exception e) when (
                e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or SessionKilledException
                    or AuthenticationException)
            {
                // Either side may have ended the session.
            }
            catch (Exception e)
            {
                await Console.Error.WriteLineAsync(
                    string.Create(CultureInfo.InvariantCulture, $"redshift simulator: a session ended unexpectedly: {e}"));
            }
        }
    }
}
