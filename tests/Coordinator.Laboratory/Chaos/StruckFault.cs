using Coordinator.Laboratory.Chaos.Faults;
using Coordinator.Laboratory.Chaos.Planning;

namespace Coordinator.Laboratory.Chaos;

/// <summary>A fault that struck, and when.</summary>
internal sealed record StruckFault(PlannedFault Plan, DateTimeOffset Began, DateTimeOffset Ended)
{
    public IChaosFault Fault => Plan.Fault;

    /// <summary>True if a silo was struck between two times.</summary>
    public bool Struck(int silo, DateTimeOffset from, DateTimeOffset to) => Began <= to && Ended >= from
        && (Fault.Place == ChaosPlace.EverySilo || (Fault.Place == ChaosPlace.Silo && Plan.Silo == silo));
}
