using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace Coordinator.Hosting.Telemetry;

/// <summary>Whether and where one signal is exported, by the standard variables. The exporter itself reads only the variables for all
/// signals.</summary>
internal sealed class OtlpSignal(IConfiguration configuration, string signal)
{
    private const string All = "OTEL_EXPORTER_OTLP_";

    /// <summary>True if an endpoint is set, for this signal or for all. There is no default endpoint.</summary>
    public bool IsExported => (Own("ENDPOINT") ?? Value(All + "ENDPOINT")) is not null
        && !Is("none", $"OTEL_{signal}_EXPORTER")
        && !Is("true", "OTEL_SDK_DISABLED");

    /// <summary>What is wrong with the variables of this signal and of all signals, if it is exported.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (!IsExported) yield break;
        foreach (var prefix in new[] { All, Name("") })
        {
            if (Value(prefix + "PROTOCOL") is { } protocol && Protocol(protocol) is null)
                yield return $"{prefix}PROTOCOL is '{protocol}'; expected grpc or http/protobuf.";
            if (Value(prefix + "ENDPOINT") is { } endpoint && Endpoint(endpoint) is null)
                yield return $"{prefix}ENDPOINT is '{endpoint}'; expected an address such as http://localhost:4318/v1/traces.";
            if (Value(prefix + "TIMEOUT") is { } timeout && Timeout(timeout) is null)
                yield return $"{prefix}TIMEOUT is '{timeout}'; expected milliseconds, 1 or more.";
        }
    }

    /// <summary>Puts what is said of this signal alone over what is said of all.</summary>
    public void Configure(OtlpExporterOptions options)
    {
        if (Own("PROTOCOL") is { } protocol) options.Protocol = Protocol(protocol) ?? options.Protocol;
        if (Own("ENDPOINT") is { } endpoint) options.Endpoint = Endpoint(endpoint) ?? options.Endpoint;
        if (Own("TIMEOUT") is { } timeout) options.TimeoutMilliseconds = Timeout(timeout) ?? options.TimeoutMilliseconds;
        if (Own("HEADERS") is { } headers) options.Headers = headers;
    }

    private static OtlpExportProtocol? Protocol(string text) => text switch
    {
        "grpc" => OtlpExportProtocol.Grpc,
        "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
        _ => null,
    };

    private static Uri? Endpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    private static int? Timeout(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0 ? milliseconds : null;

    private string? Own(string name) => Value(Name(name));

    private string Name(string name) => $"{All}{signal}_{name}";

    private string? Value(string key) => configuration[key] is { Length: > 0 } value ? value : null;

    private bool Is(string value, string key) => string.Equals(value, Value(key), StringComparison.OrdinalIgnoreCase);
}
