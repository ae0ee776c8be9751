namespace Coordinator.ClientHost.Jobs.Scheduling;

/// <summary>What is done about ticks that came while no host kept the schedule.</summary>
internal enum Misfire
{
    /// <summary>The latest of them runs, in place of all.</summary>
    RunOnce,

    /// <summary>Nothing runs before the next tick.</summary>
    Skip,
}
