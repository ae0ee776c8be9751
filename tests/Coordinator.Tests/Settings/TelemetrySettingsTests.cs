using Coordinator.Hosting.Telemetry;
using Coordinator.Settings;
using Microsoft.Extensions.Configuration;

namespace Coordinator.Tests.Settings;

/// <summary>The levels of logs and the standard variables of an OTLP collector are checked with the other settings, not when the first line or
/// span is exported.</summary>
public sealed class TelemetrySettingsTests
{
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon", "expected grpc or http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/json", "expected grpc or http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "expected an address such as")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "ftp://collector", "expected an address such as")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "0", "expected milliseconds, 1 or more")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "soon", "expected milliseconds, 1 or more")]
    public void A_variable_that_cannot_be_used_is_named_once(string variable, string value, string expected)
    {
        var reader = Reader(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317"), (variable, value));
        reader.CheckTelemetry();
        var mistake = Assert.Single(reader.Mistakes);
        Assert.StartsWith($"{variable} is '{value}'; {expected}", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default", "Loud")]
    [InlineData("Logging:LogLevel:Microsoft.Hosting", "on")]
    [InlineData("Logging:Console:LogLevel:Default", "Verbose")]
    public void A_level_of_logs_that_does_not_exist_is_named(string key, string value)
    {
        var reader = Reader((key, value), ("Logging:Console:FormatterName", "json"), ("Logging:LogLevel:Orleans", "warning"));
        reader.CheckTelemetry();
        Assert.StartsWith($"{key} is '{value}'; expected a level: Trace,", Assert.Single(reader.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_endpoint_nothing_is_exported_and_nothing_checked()
    {
        var reader = Reader(("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon"));
        reader.CheckTelemetry();
        Assert.Empty(reader.Mistakes);
    }

    private static SettingsReader Reader(params (string Key, string? Value)[] settings)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (key, value) in settings) values[key] = value;
        return new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }
}
