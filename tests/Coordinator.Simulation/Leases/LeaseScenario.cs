using Coordinator.Core.Leases;

namespace Coordinator.Simulation.Leases;

/// <summary>What may happen in a history, and what must not.</summary>
/// <remarks>
/// The rule: at no moment have two owners of one key a lease that is held, that is, verified. The design admits exactly these exceptions, and a scenario must ask for
/// them: owners that go on unverified (<see cref="WhenUnavailable.Proceed"/>; they do not count as holders), a lock evicted while its canary lives
/// (<see cref="EvictsLocks"/>), and a stall in a renewal that is longer than the margin covers (<see cref="StallSeconds"/>).
/// </remarks>
internal sealed record LeaseScenario
{
    public WhenUnavailable WhenUnavailable { get; init; } = WhenUnavailable.Wait;

    /// <summary>Whether owners that go on unverified count as holders too.</summary>
    public bool CountsUnverified { get; init; }

    /// <summary>How far clocks, owners' and servers', run from the true rate at most.</summary>
    public double Drift { get; init; } = 0.01;

    /// <summary>
    /// The longest stall that leaves a server's clock behind while it works off what waited. The margin of 1 s and the second that rounding leaves cover 2 s, less
    /// what two clocks drift apart in one life, here 0.3 s.
    /// </summary>
    public double StallSeconds { get; init; } = 1.6;

    public bool EvictsLocks { get; init; }

    /// <summary>No partitions, pauses, losses and stalls: servers restart, quickly, and that is all.</summary>
    public bool OnlyQuickRestarts { get; init; }

    /// <summary>Mostly partitions and restarts, which make owners disagree.</summary>
    public bool IsTorn { get; init; }

    /// <summary>Answers take up to this long now and then.</summary>
    public double SlowSeconds { get; init; } = 3;

    public TimeSpan? UnavailableAfter { get; init; }

    /// <summary>The rule that this history breaks, to see that it is noticed; null for the protocol as it is.</summary>
    public BrokenRule? Broken { get; init; }
}
