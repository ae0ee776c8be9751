using System.Globalization;

namespace Coordinator.Doctor.Locks;

/// <summary>What a memcached says of itself.</summary>
internal sealed record ServerFigures(IReadOnlyDictionary<string, string> Statistics)
{
    public string Version => Statistics.GetValueOrDefault("version") ?? "?";

    public TimeSpan Uptime => TimeSpan.FromSeconds(Number("uptime"));

    public DateTimeOffset Clock => DateTimeOffset.FromUnixTimeSeconds(Number("time"));

    public long Evictions => Number("evictions");

    /// <summary>How often the limit of connections kept a client waiting.</summary>
    public long Refusals => Number("listen_disabled_num");

    public long Megabytes => Number("limit_maxbytes") / 1024 / 1024;

    private long Number(string name) =>
        long.TryParse(Statistics.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
