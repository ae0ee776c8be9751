namespace Coordinator.Client;

/// <summary>The client's settings, read from <c>Coordinator:Client</c>.</summary>
public sealed class CoordinatorClientOptions
{
    /// <summary>Where the settings are: <c>Coordinator:Client</c>.</summary>
    public const string Section = "Coordinator:Client";

    /// <summary>The longest <see cref="Timeout"/>: a day.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(1);

    /// <summary>Who writes, for the contention page. By default the program's name.</summary>
    public string Source { get; set; } = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>How long a write is tried, all attempts together. By default 5 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a starting client tries to reach a silo. By default 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
