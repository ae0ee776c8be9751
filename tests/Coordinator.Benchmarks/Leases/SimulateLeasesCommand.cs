using System.CommandLine;
using System.Diagnostics;
using Coordinator.Core.Leases;
using Coordinator.Simulation.Leases;
using Coordinator.Simulation.Leases.Broken;

namespace Coordinator.Benchmarks.Leases;

/// <summary><c>simulate-leases</c>: many histories of the lock protocol, and of the protocol with each rule broken.</summary>
internal static class SimulateLeasesCommand
{
    private const string Name = "simulate-leases";

    public static Command Create() => new SimulationCommand(Run, Trace, BrokenRules.All.Keys, BrokenRules.FirstCaught).Create(
        Name, "Histories of the lock protocol over simulated memcached servers; a seed replays one.");

    // Each seed is one scenario: even seeds wait for an unreachable store, odd seeds proceed.
    private static LeaseScenario ScenarioOf(int seed) => new() { WhenUnavailable = seed % 2 == 0 ? WhenUnavailable.Wait : WhenUnavailable.Proceed };

    private static int Run(int first, int histories)
    {
        var started = Stopwatch.GetTimestamp();
        var (turns, reasserted, problems) = (0L, 0L, 0);
        Parallel.For(first, first + histories, seed =>
        {
            var verdict = LeaseSimulation.Run(seed, ScenarioOf(seed));
            Interlocked.Add(ref turns, verdict.Turns);
            Interlocked.Add(ref reasserted, verdict.Reasserted);
            if (verdict.Problem is null) return;
            Interlocked.Increment(ref problems);
            SimulationCommand.Report(Name, seed, verdict.Problem);
        });
        Console.WriteLine(
            $"{histories:N0} histories in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {turns:N0} turns, keys put back {reasserted:N0} "
                + $"times, {problems} problems.");
        return problems;
    }

    private static bool Trace(int seed)
    {
        var verdict = LeaseSimulation.Run(seed, ScenarioOf(seed), isRecording: true);
        foreach (var line in verdict.History) Console.WriteLine(line);
        return verdict.Problem is null;
    }
}
