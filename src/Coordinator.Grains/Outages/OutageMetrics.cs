using System.Diagnostics.Metrics;
using Coordinator.Contention;
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
        meter.CreateObservableGauge("coordinator.outages", Read, "{outage}", "Outages of the warehouse, of tables and of services.");

    /// <summary>All scopes are always there, so that an alert sees them rise from zero. Few causes exist, and tables are counted.</summary>
    private IEnumerable<Measurement<long>> Read()
    {
        var current = outages.Current;
        return [Of("warehouse", static o => o is { Table: null, Service: null }), Of("table", static o => o.Table is not null),
            Of("service", static o => o.Service is not null)];

        Measurement<long> Of(string scope, Func<OutageFigures, bool> isOfScope) =>
            new(current.Count(isOfScope), new KeyValuePair<string, object?>("scope", scope));
    }
}
