using Coordinator.Errors;
using Coordinator.Receipts;

namespace Coordinator.Client.Telemetry;

/// <summary>The outcome of a write for its caller, as in metrics and spans.</summary>
internal sealed class WriteOutcome
{
    private static readonly WriteOutcome Committed = new("committed");
    private static readonly WriteOutcome AlreadyCommitted = new("already_committed");
    private static readonly WriteOutcome Rejected = new("rejected");
    private static readonly WriteOutcome Failed = new("failed");
    private static readonly WriteOutcome Unknown = new("unknown");
    private static readonly WriteOutcome Unavailable = new("unavailable");

    private WriteOutcome(string name) => (Name, Tag) = (name, new KeyValuePair<string, object?>("outcome", name));

    public string Name { get; }

    public KeyValuePair<string, object?> Tag { get; }

    public static WriteOutcome Of(WriteReceipt receipt) => receipt.Status switch
    {
        WriteStatus.Committed => Committed,
        WriteStatus.AlreadyCommitted => AlreadyCommitted,
        _ => Rejected,
    };

    /// <summary>A caller that cancels its wait does not learn the outcome.</summary>
    public static WriteOutcome Of(Exception failure) => failure switch
    {
        OutcomeUnknownException or OperationCanceledException => Unknown,
        SiloUnavailableException => Unavailable,
        _ => Failed,
    };
}
