using Coordinator.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Coordinator.Hosting.Telemetry;

/// <summary>Exports meters and activity sources: to Prometheus at <c>/metrics</c>, and to an OTLP collector if the standard variables name
/// one.</summary>
/// <remarks>Without a collector the sources have no listener, and no activity is created.</remarks>
public static class TelemetryExtensions
{
    private const string Npgsql = "Npgsql";

    private static readonly string[] Signals = ["TRACES", "METRICS"];

    /// <summary>Adds metrics and traces of a silo.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="siloName">The instance's name.</param>
    public static void AddSiloTelemetry(this IHostApplicationBuilder builder, string siloName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddResource("coordinator-silo", siloName).WithTraces(builder).WithMetrics(builder);
    }

    /// <summary>Adds metrics and traces of a client that serves HTTP.</summary>
    public static void AddClientTelemetry(this IHostApplicationBuilder builder) =>
        builder.AddClientResource().WithTraces(builder, static traces =>
            traces.AddAspNetCoreInstrumentation(static http => http.Filter = static request => request.Request.Path.StartsWithSegments("/v1")))
            .WithMetrics(builder);

    /// <summary>Adds traces of a client that runs one command. Remaining spans are sent when its host is disposed.</summary>
    public static void AddClientTraces(this IHostApplicationBuilder builder) => builder.AddClientResource().WithTraces(builder);

    /// <summary>Checks the levels of logs and the standard variables of an OTLP collector; the reader collects the mistakes.</summary>
    public static void CheckTelemetry(this SettingsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Add(Signals.SelectMany(signal => new OtlpSignal(reader.Configuration, signal).Mistakes()).Distinct());
        reader.Add(LogLevelMistakes(reader.Configuration.GetSection("Logging")));
    }

    /// <summary>Serves the metrics at <c>/metrics</c>, in Prometheus' text format.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app) => app.MapPrometheusScrapingEndpoint("/metrics");

    // Logging:LogLevel:CATEGORY, and Logging:PROVIDER:LogLevel:CATEGORY. The framework throws at the first level that it cannot read.
    private static IEnumerable<string> LogLevelMistakes(IConfigurationSection logging) =>
        from section in logging.GetChildren().SelectMany(static child => child.GetChildren().Append(child))
        where section.Key.Equals("LogLevel", StringComparison.OrdinalIgnoreCase)
        from level in section.GetChildren()
        where level.Value is not null && !Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out _)
        select $"{level.Path} is '{level.Value}'; expected a level: {string.Join(", ", Enum.GetNames<LogLevel>())}.";

    private static OpenTelemetryBuilder AddClientResource(this IHostApplicationBuilder builder) =>
        builder.AddResource("coordinator-client", instance: null);

    private static OpenTelemetryBuilder AddResource(this IHostApplicationBuilder builder, string service, string? instance) =>
        // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last, because the last value counts.
        builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource
            .Clear()
            .AddService(service, serviceInstanceId: instance)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector());

    private static OpenTelemetryBuilder WithTraces(
        this OpenTelemetryBuilder telemetry, IHostApplicationBuilder builder, Action<TracerProviderBuilder>? more = null)
    {
        var otlp = new OtlpSignal(builder.Configuration, "TRACES");
        if (!otlp.IsExported) return telemetry;
        return telemetry.WithTracing(traces =>
        {
            traces.AddSource("Coordinator", "Coordinator.*", Npgsql).AddProcessor(new OrphanFilter(Npgsql));
            more?.Invoke(traces);
            traces.AddOtlpExporter(otlp.Configure);
        });
    }

    private static void WithMetrics(this OpenTelemetryBuilder telemetry, IHostApplicationBuilder builder) => telemetry.WithMetrics(metrics =>
    {
        metrics.AddMeter("Coordinator.*", Npgsql).AddRuntimeInstrumentation().AddAspNetCoreInstrumentation()
            .AddPrometheusExporter(static prometheus => prometheus.ScopeInfoEnabled = false);
        var otlp = new OtlpSignal(builder.Configuration, "METRICS");
        if (otlp.IsExported) metrics.AddOtlpExporter(otlp.Configure);
    });
}
