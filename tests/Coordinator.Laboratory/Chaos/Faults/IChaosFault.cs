namespace Coordinator.Laboratory.Chaos.Faults;

/// <summary>A failure among others, which lasts for a time that the schedule decides.</summary>
internal interface IChaosFault
{
    /// <summary>The name on the command line and in schedules.</summary>
    string Name { get; }

    ChaosPlace Place { get; }

    TimeSpan Shortest => TimeSpan.FromSeconds(2);

    TimeSpan Longest => TimeSpan.FromSeconds(10);

    /// <summary>True if no table takes writes while it lasts. It must then be reported.</summary>
    bool StopsWrites => false;

    /// <summary>True if memcached forgets the locks.</summary>
    bool ForgetsLocks => false;

    /// <summary>True if it strikes only where it is named.</summary>
    bool IsOptional => false;

    /// <summary>Causes the failure, waits, and mends it.</summary>
    Task StrikeAsync(ChaosScene scene);
}
