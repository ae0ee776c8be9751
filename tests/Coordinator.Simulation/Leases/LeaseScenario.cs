using Coordinator.Core.Leases;

namespace Coordinator.Simulation.Leases;

/// <summary>What may happen in a history, and what must not.</summary>
/// <remarks>The rule: two owners of one key never have a held, that is, verified lease at the same time. The design admits exactly these
/// exceptions, and a scenario must ask for them: owners that proceed unverified (<see cref="WhenUnavailable.Proceed"/>; they do not count as
/// holders), a lock that is evicted while its canary lives (<see cref="EvictsLocks"/>), and a stall in a renewal that is longer than the margin
/// covers (<see cref="StallSeconds"/>).</remarks>
internal sealed record LeaseScenario
{
    public WhenUnavailable WhenUnavailable { get; init; } = WhenUnavailable.Wait;

    /// <summary>Whether owners that proceed unverified count as holders too.</summary>
    public bool CountsUnverified { get; init; }

    /// <summary>The maximum deviation of the clocks of owners and servers from the true rate.</summary>
    public double Drift { get; init; } = 0.01;

    /// <summary>The longest stall that leaves a server's clock behind while it serves the requests that waited. The margin of 1 s and the second
    /// of rounding cover 2 s, less the drift between two clocks in one TTL, here 0.3 s.</summary>
    public double StallSeconds { get; init; } = 1.6;

    public bool EvictsLocks { get; init; }

    /// <summary>No partitions, pauses, losses or stalls: the only faults are quick restarts of servers.</summary>
    public bool OnlyQuickRestarts { get; init; }

    /// <summary>Mostly partitions and restarts, which make owners disagree.</summary>
    public bool IsTorn { get; init; }

    /// <summary>The maximum latency of an answer.</summary>
    public double SlowSeconds { get; init; } = 3;

    public TimeSpan? UnavailableAfter { get; init; }

    /// <summary>The rule that this history breaks, to check that the simulation detects it; null for the protocol as it is.</summary>
    public BrokenRule? Broken { get; init; }
}
