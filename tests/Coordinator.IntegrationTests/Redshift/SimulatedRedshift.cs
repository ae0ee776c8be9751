using Coordinator.RedshiftSimulator;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>A database for one test with its own simulator, and direct access to PostgreSQL behind it.</summary>
public sealed class SimulatedRedshift : IAsyncDisposable
{
    private readonly NpgsqlDataSource _behind;

    private SimulatedRedshift(string upstream, SimulatorOptions options)
    {
        Server = RedshiftServer.Start(options);
        ConnectionString = Server.ConnectionString(upstream);
        Source = NpgsqlDataSource.Create(ConnectionString + ";Include Error Detail=true");
        _behind = NpgsqlDataSource.Create(upstream);
    }

    public RedshiftServer Server { get; }

    public string ConnectionString { get; }

    /// <summary>Connections through the simulator.</summary>
    public NpgsqlDataSource Source { get; }

    public static async Task<SimulatedRedshift> StartAsync(
        PostgresServer server, IsolationLevel isolation = IsolationLevel.Serializable, Func<SimulatorOptions, SimulatorOptions>? configure = null)
    {
        var upstream = await server.CreateDatabaseAsync();
        var options = new SimulatorOptions { Upstream = upstream, Isolation = isolation };
        return new SimulatedRedshift(upstream, configure is null ? options : configure(options));
    }

    /// <summary>Runs SQL on PostgreSQL itself.</summary>
    public async Task RunBehindAsync(string sql)
    {
        await using var command = _behind.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads a value from PostgreSQL itself.</summary>
    public async Task<object?> AskBehindAsync(string sql)
    {
        await using var command = _behind.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Runs SQL through the simulator.</summary>
    public async Task RunAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads a value through the simulator.</summary>
    public async Task<object?> AskAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Server.DisposeAsync();
        await _behind.DisposeAsync();
    }
}
