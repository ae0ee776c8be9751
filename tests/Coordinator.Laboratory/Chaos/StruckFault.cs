using Coordinator.Laboratory.Chaos.Faults;
using Coordinator.Laboratory.Chaos.Planning;

namespace Coordinator.Laboratory.Chaos;

/// <summary>A fault that struck, and when.</summary>
internal sealed record StruckFault(PlannedFault Plan, DateTimeOffset Began, DateTimeOffset Ended)
{
    public IChaosFault Fault => Plan.Fault;

    /// <summary>True if it struck silos between two times.</summary>
    public bool StrikesSilo(DateTimeOffset from, DateTimeOffset to) =>
        Began <= to && Ended >= from && (Fault.Place is ChaosPlace.EverySilo or ChaosPlace.Silo);
}
