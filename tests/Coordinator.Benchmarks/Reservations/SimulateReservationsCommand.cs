using System.CommandLine;
using System.Diagnostics;
using Coordinator.Simulation.Reservations;

namespace Coordinator.Benchmarks.Reservations;

/// <summary><c>simulate-reservations</c>: many histories of the reservation protocol, and of the protocol with each rule broken.</summary>
internal static class SimulateReservationsCommand
{
    private const string Name = "simulate-reservations";

    public static Command Create() => new SimulationCommand(Run, Trace, BrokenReservations.All.Keys, BrokenReservations.FirstCaught).Create(
        Name, "Histories of updates that reserve tables while silos crash, pause and lose messages; a seed replays one.");

    private static int Run(int first, int histories)
    {
        var started = Stopwatch.GetTimestamp();
        var (turns, moves, restarts, problems) = (0L, 0L, 0L, 0);
        Parallel.For(first, first + histories, seed =>
        {
            var verdict = ReservationSimulation.Run(seed, new ReservationScenario());
            Interlocked.Add(ref turns, verdict.Turns);
            Interlocked.Add(ref moves, verdict.Moves);
            Interlocked.Add(ref restarts, verdict.Restarts);
            if (verdict.Problem is null) return;
            Interlocked.Increment(ref problems);
            SimulationCommand.Report(Name, seed, verdict.Problem);
        });
        Console.WriteLine(
            $"{histories:N0} histories in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {turns:N0} turns, tables moved {moves:N0} times, "
                + $"updates started again {restarts:N0} times, {problems} problems.");
        return problems;
    }

    private static bool Trace(int seed)
    {
        var verdict = ReservationSimulation.Run(seed, new ReservationScenario(), isRecording: true);
        foreach (var line in verdict.History) Console.WriteLine(line);
        return verdict.Problem is null;
    }
}
