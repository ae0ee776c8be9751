using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.IntegrationTests.Documentation;

/// <summary>The servers that the pages' commands use: PostgreSQL with the pages' tables, memcached, and a silo.</summary>
public sealed class DocumentationFixture : IAsyncLifetime
{
    private const string Tables = """
        create table events (id bigint, kind text, seen timestamptz);
        create table summary (kind text, events bigint);
        create table stage (id bigint, kind text, seen timestamptz);
        create table old (id bigint, kind text);
        insert into old select n, 'old' from generate_series(1, 10) n;
        create schema sales;
        create table sales.orders (id bigint, customer text, amount numeric(12, 2));
        """;

    public Deployment Deployment { get; private set; } = null!;

    /// <summary>A database with the pages' tables, for one page alone.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var database = await Deployment.Postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database + ";Pooling=false");
        await using var command = source.CreateCommand(Tables);
        await command.ExecuteNonQueryAsync();
        return database;
    }

    public async Task InitializeAsync() => Deployment = await Deployment.StartAsync(Tables);

    public async Task DisposeAsync() => await Deployment.DisposeAsync();
}
