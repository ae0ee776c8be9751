using System.Diagnostics.Metrics;

namespace Coordinator.Locking;

/// <summary>The meter <c>Coordinator.Locking</c>.</summary>
internal static class LockingMetrics
{
    public const string MeterName = "Coordinator.Locking";

    private static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> Acquired = Create("acquired", "Locks taken.");
    public static readonly Counter<long> Renewed = Create("renewed", "Renewals that found the lock still held.");
    public static readonly Counter<long> Lost = Create("lost", "Locks that were lost to another owner or expired.");
    public static readonly Counter<long> Released = Create("released", "Locks given back.");
    public static readonly Counter<long> Waited = Create("waited", "Calls that found their activation without its lock.");
    public static readonly Counter<long> Unverified = Create("unverified", "Times that an activation proceeded without the lock store.");

    private static Counter<long> Create(string name, string description) =>
        Meter.CreateCounter<long>($"coordinator.locking.{name}", "{lock}", description);
}
