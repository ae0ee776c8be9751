using System.Globalization;
using Coordinator.Laboratory.Chaos.Faults;

namespace Coordinator.Laboratory.Chaos.Planning;

/// <summary>A fault of a schedule.</summary>
/// <param name="At">When it strikes, from the begin of the run.</param>
/// <param name="Length">How long it lasts.</param>
/// <param name="Fault">The fault.</param>
/// <param name="Silo">The index of the silo that it strikes, if it strikes one.</param>
/// <param name="Table">The index of the table that it strikes, if it strikes one.</param>
/// <param name="Seed">For what it draws itself.</param>
internal sealed record PlannedFault(TimeSpan At, TimeSpan Length, IChaosFault Fault, int Silo, int Table, int Seed)
{
    public TimeSpan End => At + Length;

    /// <summary>Whether both would strike one thing at one time.</summary>
    public bool Collides(PlannedFault other) => At < other.End && other.At < End && (Fault.Place, other.Fault.Place) switch
    {
        (ChaosPlace.Silo, ChaosPlace.Silo) => Silo == other.Silo,
        (ChaosPlace.Silo or ChaosPlace.EverySilo, ChaosPlace.Silo or ChaosPlace.EverySilo) => true,
        (ChaosPlace.Callers, ChaosPlace.Callers) => Fault == other.Fault,
        var (place, another) => place == another,
    };

    public override string ToString()
    {
        var target = Fault.Place switch
        {
            ChaosPlace.Silo or ChaosPlace.EverySilo => $" silo{Silo + 1}",
            ChaosPlace.Tables or ChaosPlace.Callers => $" t{Table:00}",
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds:0.0} s: {Fault.Name}{target}, {Length.TotalSeconds:0.0} s");
    }
}
