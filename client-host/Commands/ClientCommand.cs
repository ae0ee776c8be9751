using System.CommandLine;

namespace Coordinator.ClientHost.Commands;

/// <summary>A verb. It writes through <see cref="CommandOutput"/> and returns an exit code. Exceptions are converted to exit codes
/// here.</summary>
internal abstract class ClientCommand : Command
{
    private readonly Option<bool> _json =
        new("--json") { Description = "Print one JSON object on standard output and everything else on standard error." };

    protected ClientCommand(string name, string description, CommandContext context)
        : base(name, description)
    {
        Context = context;
        Options.Add(_json);
        SetAction(InvokeAsync);
    }

    /// <summary>Examples for <c>--help</c>.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    protected CommandContext Context { get; }

    protected abstract Task<ExitCode> RunAsync(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = new CommandOutput(arguments.GetValue(_json), Context.Output, Context.Error);
        try
        {
            return (int)await RunAsync(arguments, output, cancellationToken);
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            output.Fail(failure);
            return (int)failure.Code;
        }
    }
}
