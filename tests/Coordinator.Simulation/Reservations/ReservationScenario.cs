using Coordinator.Core.Reservations;

namespace Coordinator.Simulation.Reservations;

/// <summary>What happens in a history, and which rule it breaks to see that it is noticed.</summary>
internal sealed record ReservationScenario
{
    public ReservationOptions Options { get; init; } = new();

    /// <summary>How far clocks run from the true rate at most.</summary>
    public double Drift { get; init; } = 0.01;

    /// <summary>How many updates there are at most.</summary>
    public int MaxUpdates { get; init; } = 5;

    public TimeSpan ShortestSql { get; init; }

    public TimeSpan LongestSql { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>How long there are faults, and inserts.</summary>
    public TimeSpan Faulty { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The only fault is that tables move.</summary>
    public bool OnlyMoves { get; init; }

    /// <summary>No faults: what is left is contention.</summary>
    public bool IsCalm { get; init; }

    /// <summary>Broken: every other update takes its tables in the opposite order.</summary>
    public bool IsOrderBroken { get; init; }

    /// <summary>Broken: a table's next activation knows nobody whom the last one let in.</summary>
    public bool ForgetsHolders { get; init; }

    /// <summary>Broken: nobody asks before COMMIT whether the tables are still held.</summary>
    public bool CommitsUnasked { get; init; }

    /// <summary>Broken: a holder that goes silent keeps its tables.</summary>
    public bool NeverRevokes { get; init; }

    /// <summary>Broken: an activation that woke up without its lock goes on.</summary>
    public bool WorksWithoutLock { get; init; }
}
