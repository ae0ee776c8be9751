using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Coordinator.Client.Telemetry;
using Coordinator.Core.Contention;
using Coordinator.Grains;
using Coordinator.Grains.Contention;
using Coordinator.Grains.Outages;
using Coordinator.Locking;
using Coordinator.Memcached.Connections;
using Coordinator.TestServers;
using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Telemetry;

/// <summary>The table of metrics in docs/operating.md agrees with the code.</summary>
public sealed class DocumentedMetricsTests
{
    private static readonly Assembly[] Assemblies = [typeof(TableAccount).Assembly, typeof(ClientMetrics).Assembly, typeof(TableMetrics).Assembly,
        typeof(LockingMetrics).Assembly, typeof(MemcachedMetrics).Assembly];

    [Fact]
    public void What_is_documented_is_measured_and_what_is_measured_is_documented()
    {
        var measured = new HashSet<DocumentedMetric>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Name.StartsWith("coordinator.", StringComparison.Ordinal))
                    measured.Add(new DocumentedMetric(instrument.Name, Kind(instrument), instrument.Unit ?? ""));
            },
        };
        listener.Start();
        foreach (var type in Assemblies.SelectMany(static a => a.GetTypes()).Where(static t => t.Name.EndsWith("Metrics", StringComparison.Ordinal)))
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        using var meter = new Meter(TableMetrics.MeterName);
        new TableMetrics(null!, Options.Create(new GrainsOptions()), TimeProvider.System).Create(meter);
        using var outages = new Meter(OutageMetrics.MeterName);
        new OutageMetrics(null!).Create(outages);

        Assert.Equal(measured.OrderBy(static m => m.Name, StringComparer.Ordinal), MetricsTable.Read()
            .OrderBy(static m => m.Name, StringComparer.Ordinal));
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        "Gauge" or "ObservableGauge" => "gauge",
        var other => other,
    };
}
