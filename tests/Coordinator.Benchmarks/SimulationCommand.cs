using System.CommandLine;

namespace Coordinator.Benchmarks;

/// <summary>What the commands for simulated histories share.</summary>
/// <param name="run">Takes the first seed and the number of histories; returns the number of histories with a problem.</param>
/// <param name="trace">Prints the history of a seed; returns true if it has no problem.</param>
/// <param name="rules">The rules that can be broken.</param>
/// <param name="firstCaught">Takes a rule and a maximum number of histories; returns the first history that shows the broken rule, or
/// null.</param>
internal sealed class SimulationCommand(
    Func<int, int, int> run, Func<int, bool> trace, IEnumerable<string> rules, Func<string, int, int?> firstCaught)
{
    private const int MaxHistoriesOfMutant = 20_000;

    public Command Create(string name, string description)
    {
        var histories = new Option<int>("--histories") { DefaultValueFactory = static _ => 10_000, Description = "How many." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = static _ => 1, Description = "The first one's seed; the others follow." };
        var isTrace = new Option<bool>("--trace") { Description = "Print the history of the first seed." };
        var isMutants = new Option<bool>("--mutants") { Description = "Break one rule after another and say after how many histories it shows." };
        var command = new Command(name, description) { histories, seed, isTrace, isMutants };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(isTrace)) return trace(parsed.GetValue(seed)) ? 0 : 1;
            if (parsed.GetValue(isMutants)) return Mutants();
            return run(parsed.GetValue(seed), parsed.GetValue(histories)) == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>Reports a problem so that it can be replayed.</summary>
    public static void Report(string command, int seed, string problem) =>
        Console.WriteLine($"Seed {seed}: {problem}. Replay: {command} --seed {seed} --trace");

    private int Mutants()
    {
        var missed = 0;
        foreach (var name in rules)
        {
            var caught = firstCaught(name, MaxHistoriesOfMutant);
            if (caught is null) missed++;
            Console.WriteLine(caught is null
                ? $"{name}: not in {MaxHistoriesOfMutant:N0} histories"
                : $"{name}: caught after {caught + 1:N0} histories");
        }

        return missed;
    }
}
