using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary>The HTTP interface with a silo, started once for each test class.</summary>
public sealed class ServeFixture : IAsyncLifetime
{
    internal Deployment Deployment { get; private set; } = null!;
    internal ClientHostProcess Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Deployment = await Deployment.StartAsync(
            "create table events (id int, name text); create table summary (n bigint); insert into summary values (0)");
        Host = await ClientHostProcess.ServeAsync(
        [
            .. Deployment.Silo.ClientSettings,
            new("Coordinator:Http:MaxBodyBytes", "1000000"),
            new("Coordinator:Http:MaxBytesInFlight", "1000000"),
            new("Coordinator:Http:RowsTimeout", "00:00:20"),
            new("Coordinator:Jobs:count:Sql", "update summary set n = (select count(*) from events)"),
            new("Coordinator:Jobs:count:Writes", "summary"),
            new("Coordinator:Jobs:count:Reads", "events"),
            new("Coordinator:Jobs:hourly/count:Sql", "update summary set n = (select count(*) from events)"),
            new("Coordinator:Jobs:found:Sql", "update summary set n = (select count(*) from events)"),
        ]);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Deployment.DisposeAsync();
    }
}
