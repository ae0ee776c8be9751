namespace Coordinator.Client;

/// <summary>The client's settings in section <c>Coordinator:Client</c>.</summary>
public sealed class CoordinatorClientOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Client";

    /// <summary>The maximum of <see cref="Timeout"/>: a day.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(1);

    /// <summary>The writer's name on the contention page. Default: the program's name.</summary>
    public string Source { get; set; } = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>How long a write is retried, over all attempts. Default 5 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a starting client tries to reach a silo. Default 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
