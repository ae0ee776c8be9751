using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Telemetry;

/// <summary>A silo that exports its spans to a collector, and the settings for a client to do the same.</summary>
public sealed class TracedDeployment : IAsyncLifetime
{
    private Deployment _deployment = null!;

    internal OtlpReceiver Collector { get; private set; } = null!;

    internal SiloProcess Silo => _deployment.Silo;

    internal IReadOnlyDictionary<string, string?> ClientSettings => Silo.ClientSettings.Concat(Collector.Variables).ToDictionary();

    public async Task InitializeAsync()
    {
        Collector = await OtlpReceiver.StartAsync();
        _deployment = await Deployment.StartAsync(
            string.Concat(new[] { "alone", "many", "events", "posted", "quiet", "last" }.Select(static table => $"create table {table} (id int); "))
            + "create table summary (n bigint); create table counter (n bigint); insert into summary values (0); insert into counter values (0)",
            siloSettings: [.. Collector.Variables.Select(static v => (v.Key, v.Value!))]);
    }

    public async Task DisposeAsync()
    {
        await _deployment.DisposeAsync();
        await Collector.DisposeAsync();
    }
}
