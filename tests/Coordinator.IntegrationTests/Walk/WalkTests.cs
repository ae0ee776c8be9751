using System.Globalization;
using Coordinator.Client;
using Coordinator.Hosting;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.IntegrationTests.Walk;

/// <summary>
/// An insert's way from the SDK to COMMIT, with silo and client in this process. <c>tests/walk</c> runs it under a coverage tool, once with one
/// insert
/// and once with many, to see which files each insert passes.
/// </summary>
public sealed class WalkTests
{
    private static readonly int Inserts =
        int.Parse(Environment.GetEnvironmentVariable("COORDINATOR_WALK_INSERTS") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_insert_goes_its_whole_way()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var memcached = await MemcachedServer.StartAsync();
        await memcached.GrowOldAsync("coordinator");
        await using var database = Npgsql.NpgsqlDataSource.Create(postgres.ConnectionString);
        await database.CreateCommand("create table events (id bigint, kind text)").ExecuteNonQueryAsync();
        var settings = new Dictionary<string, string?>
        {
            ["Coordinator:Warehouse:Provider"] = "Postgres",
            ["Coordinator:Warehouse:ConnectionString"] = postgres.ConnectionString,
            ["Coordinator:Locking:Memcached:Servers"] = memcached.Endpoint,
            ["Coordinator:Silo:SiloPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["Coordinator:Silo:GatewayPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
        };
        using var silo = await StartAsync(settings, static builder => builder.UseOrleans(silo => silo.AddCoordinator(builder.Configuration)));
        using var client = await StartAsync(settings, static builder => builder.AddCoordinatorClient());

        var coordinator = client.Services.GetRequiredService<ICoordinatorClient>();
        for (var i = 0; i < Inserts; i++)
        {
            var receipt = await coordinator.InsertAsync(TableName.Parse("events"), [new { Id = i, Kind = "click" }]);
            receipt.EnsureNotRejected();
        }

        Assert.Equal((long)Inserts, await database.CreateCommand("select count(*) from events").ExecuteScalarAsync());
        await client.StopAsync();
        await silo.StopAsync();
    }

    private static async Task<IHost> StartAsync(Dictionary<string, string?> settings, Action<HostApplicationBuilder> add)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        add(builder);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
