using Coordinator.Core.Reservations;

namespace Coordinator.Simulation.Reservations;

/// <summary>What happens in a history, and which rule it breaks to check that the simulation detects it.</summary>
internal sealed record ReservationScenario
{
    public ReservationOptions Options { get; init; } = new();

    /// <summary>The maximum deviation of clocks from the true rate.</summary>
    public double Drift { get; init; } = 0.01;

    /// <summary>The maximum number of updates.</summary>
    public int MaxUpdates { get; init; } = 5;

    public TimeSpan ShortestSql { get; init; }

    public TimeSpan LongestSql { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>The length of the period with faults and inserts.</summary>
    public TimeSpan Faulty { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The only fault: tables move.</summary>
    public bool OnlyMoves { get; init; }

    /// <summary>No faults, only contention.</summary>
    public bool IsCalm { get; init; }

    /// <summary>Broken: every other update reserves its tables in the opposite order.</summary>
    public bool IsOrderBroken { get; init; }

    /// <summary>Broken: a table's next activation does not know the holders that the last one admitted.</summary>
    public bool ForgetsHolders { get; init; }

    /// <summary>Broken: an update commits without checking that it still holds its tables.</summary>
    public bool CommitsUnasked { get; init; }

    /// <summary>Broken: a silent holder keeps its tables.</summary>
    public bool NeverRevokes { get; init; }

    /// <summary>Broken: an activation continues after a pause in which it lost its lock.</summary>
    public bool WorksWithoutLock { get; init; }
}
