using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Receipts;
using Coordinator.Rows;
using Microsoft.Extensions.Options;

namespace Coordinator.ClientHost.Commands;

/// <summary>The failure of a command, as the process reports it.</summary>
internal sealed record Failure(ExitCode Code, string Message)
{
    /// <summary>The failure for an exception, or null for an unexpected one.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        OutcomeUnknownException => new(ExitCode.OutcomeUnknown, exception.Message),
        WarehouseException { Kind: FailureKind.Rejected } => new(ExitCode.Rejected, exception.Message),
        CoordinatorException or WarehouseException => new(ExitCode.Unavailable, exception.Message),
        IntentRejectedException or InvalidRowsException => new(ExitCode.Rejected, exception.Message),
        OptionsValidationException invalid => new(ExitCode.Usage, string.Join("\n", invalid.Failures)),
        // A settings file that is no JSON: the inner exception names the line.
        InvalidDataException { InnerException: { } inner } => new(ExitCode.Usage, $"{exception.Message} {inner.Message}"),
        FormatException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or IOException =>
            new(ExitCode.Usage, exception.Message),
        // The exceptions of the configuration binder name the key and the value.
        InvalidOperationException { InnerException: FormatException or ArgumentException } => new(ExitCode.Usage, exception.Message),
        OperationCanceledException =>
            new(ExitCode.OutcomeUnknown, "Interrupted. Rows under way may or may not be written. Run the same command again to find out."),
        _ => null,
    };
}
