using Coordinator.Intents;
using Microsoft.Extensions.Logging;

namespace Coordinator.Client.Submitting;

internal sealed partial class Submitter
{
    [LoggerMessage(4000, LogLevel.Debug, "Intent {Id}: attempt {Attempt} failed with {Failure}; the next follows in {Delay}")]
    private partial void LogRetry(IntentId id, int attempt, TimeSpan delay, string failure);

    [LoggerMessage(4001, LogLevel.Warning, "Intent {Id}: no final answer within its timeout")]
    private partial void LogGaveUp(IntentId id);
}
