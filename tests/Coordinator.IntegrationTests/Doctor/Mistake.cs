using Coordinator.RedshiftSimulator;

namespace Coordinator.IntegrationTests.Doctor;

/// <summary>One mistake of an operator and what the doctor must say.</summary>
/// <param name="Check">The one check that has a finding.</param>
/// <param name="Status">Its status.</param>
/// <param name="Cause">A part of what it saw; {0} is the user.</param>
/// <param name="Advice">A part of what to do; {0} is the user, {1} the database.</param>
/// <param name="Make">Makes the mistake on a stage where all is well.</param>
internal sealed record Mistake(string Check, string Status, string Cause, string Advice, Func<Stage, Task> Make)
{
    /// <summary>Another Redshift.</summary>
    public Func<SimulatorOptions, SimulatorOptions>? Simulator { get; init; }
}
