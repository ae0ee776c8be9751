using Coordinator.Locking;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Locking;

/// <summary>A cluster of one silo. Two of these give two activations of each grain within one service.</summary>
internal sealed class ProbeSilo(TestSilo silo) : IAsyncDisposable
{
    public const string ServiceId = "probe";

    public static async Task<ProbeSilo> StartAsync(string servers, params (string Key, string Value)[] settings) => new(await TestSilo.StartAsync(
        ServiceId,
        [
            new("Coordinator:Locking:Memcached:Servers", servers),
            .. settings.Select(static s => KeyValuePair.Create($"Coordinator:Locking:{s.Key}", (string?)s.Value)),
        ],
        static (silo, configuration) => silo.AddGrainExtension<IAnsweringExtension, AnsweringExtension>().AddGhettoLocks(configuration)));

    public static string KeyOf(IGrain grain) => LockKey.Of(ServiceId, grain.GetGrainId());

    public T Grain<T>(string key)
        where T : IGrainWithStringKey => silo.Grains.GetGrain<T>(key);

    /// <summary>The number of active probe grains.</summary>
    public async Task<int> ActivationsAsync() =>
        (await silo.Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics())
        .Count(static s => s.GrainType.Contains(nameof(ProbeGrain), StringComparison.Ordinal));

    public Task StopAsync() => silo.StopAsync();

    public ValueTask DisposeAsync() => silo.DisposeAsync();
}
