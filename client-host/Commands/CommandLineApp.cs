using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Coordinator.ClientHost.Commands;

/// <summary>Parses the command line and runs the verb.</summary>
internal sealed class CommandLineApp(CommandContext context, params IReadOnlyList<Command> commands)
{
    /// <summary>Runs the verb in the arguments, or the first verb if there is none.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Writes rows and runs updates through the coordinator's silos. Settings such as "
            + "--Coordinator:Silo:GatewayPort=30000 may follow any verb.");
        foreach (var command in commands) root.Subcommands.Add(command);
        foreach (var help in root.Options.OfType<HelpOption>()) help.Action = new ExamplesHelpAction((HelpAction)help.Action!);

        var verb = arguments.Count == 0 || (arguments[0].StartsWith('-') && arguments[0] is not ("-h" or "-?" or "--help" or "--version"))
            ? commands[0].Name
            : null;
        var parsed = root.Parse(verb is null ? arguments : [verb, .. arguments]);
        if (parsed.Action is ParseErrorAction)
        {
            var mistakes = string.Join(" ", parsed.Errors.Select(static e => e.Message));
            new CommandOutput(arguments.Contains("--json"), context.Output, context.Error).Fail(
                new Failure(ExitCode.Usage, $"{mistakes} '{Path(parsed.CommandResult)}--help' shows what is allowed."));
            return (int)ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30)
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    private static string Path(SymbolResult? result) =>
        result is CommandResult { Command: not RootCommand } command ? $"{Path(command.Parent)}{command.Command.Name} " : "";
}
