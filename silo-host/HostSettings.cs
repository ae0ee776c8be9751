using Coordinator.Hosting;
using Coordinator.Hosting.Telemetry;
using Coordinator.Hosting.Web;
using Coordinator.Settings;

namespace Coordinator.SiloHost;

/// <summary>All that this host reads: the silo's settings, the addresses of its pages, the collector of its traces.</summary>
internal sealed record HostSettings(SiloSettings Silo, IReadOnlyList<string> Urls)
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>What the settings lead to.</summary>
    public SiloSummary Summary => SiloSummary.Of(Silo, Urls);

    public static HostSettings Read(SettingsReader reader)
    {
        var settings = new HostSettings(SiloSettings.Read(reader), LoopbackUrls.Read(reader, DefaultUrl));
        reader.CheckTelemetry();
        return settings;
    }
}
