using System.CommandLine.Parsing;
using Coordinator.Benchmarks;
using Coordinator.Laboratory;

namespace Coordinator.IntegrationTests.Documentation;

/// <summary>Parses commands that take too long to run, with the parser of the program that they name.</summary>
internal static class CommandLines
{
    private const string Run = "dotnet run -c Release --project ";
    private const string Test = "dotnet test -c Release tests/Coordinator.IntegrationTests --filter ";

    /// <summary>Fails if a command of the block would be refused.</summary>
    public static void Check(CommandBlock block)
    {
        foreach (var command in block.DotnetCommands)
        {
            var mistakes = MistakesOf(command);
            Assert.True(mistakes.Count == 0, $"Line {block.Line}, '{command}': {string.Join(" ", mistakes)}");
        }
    }

    private static IReadOnlyList<string> MistakesOf(string command)
    {
        if (command.Split(Test) is [_, var filter]) return IsTest(filter.Split(' ')[0]) ? [] : ["no test has that name."];
        if (command.Contains("--project client-host -- top", StringComparison.Ordinal)) return [];
        if (command.Split(Run) is not [_, var rest] || rest.Split(" -- ") is not [var project, var arguments])
            return ["expected dotnet run -c Release --project PROJECT -- ARGUMENTS."];
        var root = project switch
        {
            "tests/Coordinator.Laboratory" => LaboratoryCommands.Root(),
            "tests/Coordinator.Benchmarks" => BenchmarkCommands.Root(),
            _ => null,
        };
        if (root is null) return ["no such project."];
        return [.. root.Parse([.. CommandLineParser.SplitCommandLine(arguments)]).Errors.Select(static e => e.Message)];
    }

    private static bool IsTest(string name) => typeof(CommandLines).Assembly.GetTypes()
        .SelectMany(static t => t.GetMethods())
        .Any(m => m.Name.Contains(name, StringComparison.Ordinal));
}
