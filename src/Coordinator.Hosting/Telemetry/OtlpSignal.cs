using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace Coordinator.Hosting.Telemetry;

/// <summary>Whether and where one signal is exported, by the standard variables. The exporter itself reads only the variables for all
/// signals.</summary>
internal sealed class OtlpSignal(IConfiguration configuration, string signal)
{
    /// <summary>True if an endpoint is set, for this signal or for all. There is no default endpoint.</summary>
    public bool IsExported => (Own("ENDPOINT") ?? Value("OTEL_EXPORTER_OTLP_ENDPOINT")) is not null
        && !Is("none", $"OTEL_{signal}_EXPORTER")
        && !Is("true", "OTEL_SDK_DISABLED");

    /// <summary>Applies the variables of this signal over those for all signals.</summary>
    /// <exception cref="OptionsValidationException">A value is invalid; the message names its variable.</exception>
    public void Configure(OtlpExporterOptions options)
    {
        options.Protocol = Own("PROTOCOL") switch
        {
            null => options.Protocol,
            "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            var other => throw Mistake("PROTOCOL", other, "grpc or http/protobuf"),
        };
        if (Own("ENDPOINT") is { } endpoint)
            options.Endpoint = Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : throw Mistake("ENDPOINT", endpoint, "an address such as http://localhost:4318/v1/traces");
        if (Own("TIMEOUT") is { } timeout)
            options.TimeoutMilliseconds = int.TryParse(timeout, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds : throw Mistake("TIMEOUT", timeout, "milliseconds");
        if (Own("HEADERS") is { } headers) options.Headers = headers;
    }

    private string? Own(string name) => Value(Name(name));

    private string Name(string name) => $"OTEL_EXPORTER_OTLP_{signal}_{name}";

    private string? Value(string key) => configuration[key] is { Length: > 0 } value ? value : null;

    private bool Is(string value, string key) => string.Equals(value, Value(key), StringComparison.OrdinalIgnoreCase);

    private OptionsValidationException Mistake(string name, string value, string expected) =>
        new(Name(name), typeof(OtlpExporterOptions), [$"{Name(name)} is '{value}'; expected {expected}."]);
}
