using System.CommandLine;
using System.Diagnostics;
using Coordinator.Simulation.Reservations;

namespace Coordinator.Benchmarks.Reservations;

/// <summary><c>simulate-reservations</c>: many histories of the reservation protocol, and those of its broken rules.</summary>
internal static class SimulateReservationsCommand
{
    private const int MaxHistoriesOfMutant = 20_000;

    public static Command Create()
    {
        var histories = new Option<int>("--histories") { DefaultValueFactory = static _ => 10_000, Description = "How many." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = static _ => 1, Description = "The first one's seed; the others follow." };
        var trace = new Option<bool>("--trace") { Description = "Print the history of the first seed." };
        var mutants = new Option<bool>("--mutants") { Description = "Break one rule after another and say after how many histories it shows." };
        var command = new Command("simulate-reservations", "Histories of updates that reserve tables while silos crash, pause and lose messages; a seed replays one.") { histories, seed, trace, mutants };
        command.SetAction(parsed => parsed.GetValue(trace)
            ? Trace(parsed.GetValue(seed))
            : parsed.GetValue(mutants) ? Mutants() : Run(parsed.GetValue(seed), parsed.GetValue(histories)));
        return command;
    }

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
            Console.WriteLine($"Seed {seed}: {verdict.Problem}. Replay: simulate-reservations --seed {seed} --trace");
        });
        Console.WriteLine(
            $"{histories:N0} histories in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {turns:N0} turns, tables moved {moves:N0} times, updates started again {restarts:N0} times, {problems} problems.");
        return problems == 0 ? 0 : 1;
    }

    private static int Trace(int seed)
    {
        var verdict = ReservationSimulation.Run(seed, new ReservationScenario(), isRecording: true);
        foreach (var line in verdict.History) Console.WriteLine(line);
        return verdict.Problem is null ? 0 : 1;
    }

    private static int Mutants()
    {
        var missed = 0;
        foreach (var name in BrokenReservations.All.Keys)
        {
            var caught = BrokenReservations.FirstCaught(name, MaxHistoriesOfMutant);
            if (caught is null) missed++;
            Console.WriteLine(caught is null ? $"{name}: not in {MaxHistoriesOfMutant:N0} histories" : $"{name}: caught after {caught + 1:N0} histories");
        }

        return missed;
    }
}
