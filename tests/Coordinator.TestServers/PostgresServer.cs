using System.Globalization;
using Npgsql;

namespace Coordinator.TestServers;

/// <summary>A private PostgreSQL on a free loopback port, as durable as in production (fsync on).</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const int StartTries = 5;

    private readonly string _folder;
    private readonly string[] _settings;
    private ChildProcess _process;
    private int _databases;

    private PostgresServer(int port, string folder, string[] settings, ChildProcess process)
    {
        Port = port;
        _folder = folder;
        _settings = settings;
        _process = process;
    }

    public int Port { get; }

    /// <summary>The postmaster's process id; changes with a restart.</summary>
    public int Pid => _process.Id;

    /// <summary>The present process; its output is the server log.</summary>
    public ChildProcess Process => _process;

    /// <summary>The database "postgres". Tests should use <see cref="CreateDatabaseAsync"/>.</summary>
    public string ConnectionString => ConnectionStringOf("postgres");

    /// <summary>Starts a server with 200 connections and the given settings, such as <c>"log_statement=all"</c>.</summary>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var folder = await PostgresInstallation.NewDataFolderAsync(CancellationToken.None);
        try
        {
            for (var i = 1; ; i++)
            {
                var port = FreePort.Next();
                try
                {
                    return new PostgresServer(port, folder, settings, await LaunchAsync(port, folder, settings));
                }
                catch (InvalidOperationException e) when (i < StartTries && e.Message.Contains("in use", StringComparison.Ordinal))
                {
                    // Another process took the port between the check and the start.
                }
            }
        }
        catch
        {
            await PostgresInstallation.DeleteAsync(folder);
            throw;
        }
    }

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken ct = default)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var source = NpgsqlDataSource.Create(ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand($"CREATE DATABASE {name} TEMPLATE template0");
        await command.ExecuteNonQueryAsync(ct);
        return ConnectionStringOf(name);
    }

    public Task SignalAsync(string signal) => _process.SignalAsync(signal);

    /// <summary>Stops the server and every session of it where they are, until <see cref="ThawAsync"/>: it keeps its connections and answers
    /// none.</summary>
    public Task FreezeAsync() => SignalAllAsync("STOP");

    /// <summary>The server goes on.</summary>
    public Task ThawAsync() => SignalAllAsync("CONT");

    /// <summary>Ends every session at once without a checkpoint, as a crash does.</summary>
    public async Task StopAsync()
    {
        await _process.SignalAsync("QUIT");
        await _process.WaitForExitAsync();
    }

    /// <summary>Crashes the server if it runs, and starts it on the same port with the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await _process.DisposeAsync();
        _process = await LaunchAsync(Port, _folder, _settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await PostgresInstallation.DeleteAsync(_folder);
    }

    // The postmaster first: it starts no session while its children are found.
    private async Task SignalAllAsync(string signal)
    {
        await _process.SignalAsync(signal);
        var children = (await File.ReadAllTextAsync($"/proc/{Pid}/task/{Pid}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", .. children]);
        await kill.WaitForExitAsync();
    }

    private string ConnectionStringOf(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}");

    private static async Task<ChildProcess> LaunchAsync(int port, string folder, string[] settings)
    {
        string[] all =
        [
            "listen_addresses=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"port={port}"), "unix_socket_directories=",
            "max_connections=200", "log_destination=stderr", "logging_collector=off", .. settings,
        ];
        var (fileName, arguments) = PostgresInstallation.Command(
            PostgresInstallation.Postgres, ["-D", folder, .. all.SelectMany(setting => new[] { "-c", setting })]);
        var process = ChildProcess.Start(fileName, arguments, stopSignal: "QUIT");
        try
        {
            await process.WaitForLineAsync(line => line.Contains("ready to accept connections", StringComparison.Ordinal));
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }
}
