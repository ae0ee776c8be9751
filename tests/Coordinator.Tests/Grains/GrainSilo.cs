using System.Collections.Concurrent;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Grains.Registration;
using Coordinator.Locking;
using Coordinator.TestServers;
using Coordinator.Tests.Committing;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Tests.Grains;

/// <summary>A silo in this process with the real grains and locks over a fake warehouse. The tests of a class share it.</summary>
public sealed class GrainSilo : IAsyncLifetime
{
    private TestSilo _silo = null!;

    internal FakeWarehouse Warehouse { get; } = new(static batch => new BatchResult(DateTimeOffset.UnixEpoch, BatchResult.None));

    /// <summary>The keys of the update grains that were asked to cover another tick, once they have begun to.</summary>
    public ConcurrentDictionary<string, bool> Coalescing { get; } = new();

    public IServiceProvider Services => _silo.Services;

    public IGrainFactory Grains => _silo.Grains;

    public async Task InitializeAsync() => _silo = await TestSilo.StartAsync(
        "grains",
        [new("Coordinator:Grains:Retry:MaxRetries", "1"), new("Coordinator:Grains:Retry:Delay", "00:00:00.001")],
        (silo, configuration) =>
        {
            silo.Services.AddSingleton<IWarehouse>(Warehouse).AddTransient(static _ => new Random(1));
            silo.AddGhettoLocks(configuration).AddTableGrains(configuration).AddIncomingGrainCallFilter(async call =>
            {
                var work = call.Invoke();
                if (call.MethodName == nameof(IUpdateGrain.CoalesceAsync)) Coalescing.TryAdd(call.TargetId.Key.ToString()!, true);
                await work;
            });
        });

    public async Task DisposeAsync() => await _silo.DisposeAsync();
}
