using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Coordinator.TestServers;
using Coordinator.Warehouse.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>A database for one test, and warehouses on it.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly List<ServiceProvider> _services = [];
    private readonly NpgsqlDataSource _source;

    private PostgresDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        _source = NpgsqlDataSource.Create(connectionString);
        Warehouse = Connect("coordinator/silo1");
    }

    public string ConnectionString { get; }

    public IWarehouse Warehouse { get; }

    /// <summary>What an auditor reads.</summary>
    public ILedgerReader Ledgers => _services[0].GetRequiredService<ILedgerReader>();

    public static async Task<PostgresDatabase> CreateAsync(PostgresServer server) => new(await server.CreateDatabaseAsync());

    /// <summary>Creates the warehouse of one more silo.</summary>
    public IWarehouse Connect(string applicationName, string extra = "", TimeSpan? fenceTimeout = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection().AddLogging().AddPostgresWarehouse(options =>
        {
            options.ConnectionString = ConnectionString + extra;
            options.ApplicationName = applicationName;
            options.FenceTimeout = fenceTimeout ?? TimeSpan.FromMilliseconds(200);
            options.FrozenAfter = TimeSpan.FromSeconds(1);
        }).AddSingleton(time ?? TimeProvider.System).BuildServiceProvider();
        _services.Add(services);
        return services.GetRequiredService<IWarehouse>();
    }

    public async Task RunAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _services) await services.DisposeAsync();
        await _source.DisposeAsync();
    }
}
