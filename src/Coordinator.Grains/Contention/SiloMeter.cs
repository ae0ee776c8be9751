using System.Diagnostics.Metrics;

namespace Coordinator.Grains.Contention;

/// <summary>A meter that lives as long as its silo.</summary>
internal static class SiloMeter
{
    /// <summary>Creates the meter at the silo's start, and disposes of it at its end.</summary>
    /// <param name="lifecycle">The silo's lifecycle.</param>
    /// <param name="name">The meter's name.</param>
    /// <param name="create">Creates the instruments.</param>
    public static void Add(ISiloLifecycle lifecycle, string name, Action<Meter> create)
    {
        Meter? meter = null;
        lifecycle.Subscribe(
            name,
            ServiceLifecycleStage.RuntimeInitialize,
            _ =>
            {
                meter = new Meter(name);
                create(meter);
                return Task.CompletedTask;
            },
            _ =>
            {
                meter?.Dispose();
                return Task.CompletedTask;
            });
    }
}
