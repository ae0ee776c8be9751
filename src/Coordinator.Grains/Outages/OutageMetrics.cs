using System.Diagnostics.Metrics;
using Coordinator.Core.Outages;
using Coordinator.Grains.Contention;

namespace Coordinator.Grains.Outages;

/// <summary>The meter <c>Coordinator.Outages</c>: the outages that the silo sees now.</summary>
internal sealed class OutageMetrics(OutageLog outages) : ILifecycleParticipant<ISiloLifecycle>
{
    public const string MeterName = "Coordinator.Outages";

    public void Participate(ISiloLifecycle lifecycle) => SiloMeter.Add(lifecycle, MeterName, Create);

    /// <summary>Creates the instrument.</summary>
    internal void Create(Meter meter) =>
        meter.CreateObservableGauge("coordinator.outages", Read, "{outage}", "Outages of the warehouse and of tables.");

    /// <summary>Both scopes are always there, so that an alert sees them rise from zero. Few causes exist, and tables are counted.</summary>
    private IEnumerable<Measurement<long>> Read()
    {
        var current = outages.Current;
        foreach (var scope in new[] { "warehouse", "table" })
        {
            yield return new Measurement<long>(
                current.Count(o => o.Table is null == (scope == "warehouse")), new KeyValuePair<string, object?>("scope", scope));
        }
    }
}
