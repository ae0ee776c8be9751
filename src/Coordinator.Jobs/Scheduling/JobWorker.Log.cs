using Coordinator.Intents;
using Coordinator.Receipts;
using Microsoft.Extensions.Logging;

namespace Coordinator.Jobs.Scheduling;

internal sealed partial class JobWorker
{
    [LoggerMessage(5100, LogLevel.Debug, "Job {Job}, tick {Tick:u}: {Status}, {Rows} rows")]
    private partial void LogDone(string job, DateTimeOffset tick, WriteStatus status, long rows);

    [LoggerMessage(5101, LogLevel.Information, "Job {Job}, tick {Tick:u}: coalesced into run {Run}, which had not begun")]
    private partial void LogCoalesced(string job, DateTimeOffset tick, IntentId run);

    [LoggerMessage(5102, LogLevel.Error, "Job {Job}, tick {Tick:u}: rejected. {Reason}")]
    private partial void LogRejected(string job, DateTimeOffset tick, string reason);

    [LoggerMessage(5103, LogLevel.Error, "Job {Job}, tick {Tick:u}: no receipt")]
    private partial void LogFailed(string job, DateTimeOffset tick, Exception failure);

    [LoggerMessage(5104, LogLevel.Warning,
        "Job {Job}: no host ran its schedule between {Known:u} and {Missed:u}; the latter tick runs in place of all missed ticks")]
    private partial void LogMadeUp(string job, DateTimeOffset known, DateTimeOffset missed);

    [LoggerMessage(5105, LogLevel.Warning, "Job {Job}: no host ran its schedule between {Known:u} and {Missed:u}; the missed ticks are skipped")]
    private partial void LogSkipped(string job, DateTimeOffset known, DateTimeOffset missed);

    [LoggerMessage(5106, LogLevel.Warning, "Job {Job}: its newest tick cannot be looked up, so its schedule waits. {Reason}")]
    private partial void LogNoHistory(string job, string reason);

    [LoggerMessage(5108, LogLevel.Error, "Job {Job}, tick {Tick:u}: refused, another host submits it when it is due. {Reason}")]
    private partial void LogNotDue(string job, DateTimeOffset tick, string reason);

    [LoggerMessage(5107, LogLevel.Information, "Job {Job}: its schedule '{Schedule}' has no further tick")]
    private partial void LogOver(string job, string schedule);
}
