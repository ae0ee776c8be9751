namespace Coordinator.Jobs.Catalog;

/// <summary>The policy for ticks that became due while no host ran the schedule.</summary>
public enum Misfire
{
    /// <summary>The latest of them runs, in place of all.</summary>
    RunOnce,

    /// <summary>Nothing runs before the next tick.</summary>
    Skip,
}
