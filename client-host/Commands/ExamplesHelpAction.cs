using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Coordinator.ClientHost.Commands;

/// <summary>Adds examples to the help of a verb, and exit codes to all.</summary>
internal sealed class ExamplesHelpAction(HelpAction inner) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = inner.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is ClientCommand command)
        {
            output.WriteLine("Examples:");
            foreach (var example in command.Examples) output.WriteLine($"  {example}");
            output.WriteLine();
        }

        output.WriteLine("Exit codes: 0 done, 1 rejected, 2 usage, 3 unavailable, 4 timed out with outcome unknown");
        return result;
    }
}
