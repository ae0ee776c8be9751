namespace Coordinator.ClientHost.Contention;

/// <summary>A table's ghetto lock.</summary>
internal sealed record LockFigures
{
    public string State { get; init; } = "";

    public string Owner { get; init; } = "";

    public double RemainingMilliseconds { get; init; }
}
