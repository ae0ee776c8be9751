namespace Coordinator.TestServers;

/// <summary>A metric as docs/operating.md documents it.</summary>
/// <param name="Name">OpenTelemetry's name.</param>
/// <param name="Kind">counter, gauge or histogram.</param>
/// <param name="Unit">The unit, by UCUM.</param>
public sealed record DocumentedMetric(string Name, string Kind, string Unit)
{
    /// <summary>Prometheus' name, by the exporter's rules.</summary>
    public string Prometheus => Name.Replace('.', '_') + Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" }
        + (Kind == "counter" ? "_total" : "");
}
