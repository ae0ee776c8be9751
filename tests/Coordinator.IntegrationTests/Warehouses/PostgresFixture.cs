using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>One server for many tests.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    /// <summary>The standby does not exist: a session with synchronous commit waits at COMMIT, committed but unanswered. The default is
    /// without.</summary>
    public async Task InitializeAsync() => Server = await PostgresServer.StartAsync("synchronous_standby_names=ghost", "synchronous_commit=local");

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
