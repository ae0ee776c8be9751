using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Documentation;

/// <summary>The servers that the pages' commands use: PostgreSQL with the pages' tables, memcached, and a silo.</summary>
public sealed class DocumentationFixture : IAsyncLifetime
{
    private const string Tables = """
        create table events (id bigint, kind text, at timestamptz);
        create table summary (kind text, events bigint);
        create table stage (id bigint, kind text, at timestamptz);
        create table old (id bigint, kind text);
        insert into old select n, 'old' from generate_series(1, 10) n;
        create schema sales;
        create table sales.orders (id bigint, customer text, amount numeric(12, 2));
        """;

    public Deployment Deployment { get; private set; } = null!;

    public async Task InitializeAsync() => Deployment = await Deployment.StartAsync(Tables);

    public async Task DisposeAsync() => await Deployment.DisposeAsync();
}
