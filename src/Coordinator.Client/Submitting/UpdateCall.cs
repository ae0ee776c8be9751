using System.Diagnostics;
using Coordinator.Client.Telemetry;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>An update on its way to its grain: its own, or its job's.</summary>
internal readonly struct UpdateCall(Func<UpdateIntent, Task<WriteReceipt>> run, UpdateIntent intent, AttemptTimeout attemptTimeout)
    : IWriteCall<UpdateCall>
{
    public IntentId Id => intent.Id;

    public KeyValuePair<string, object?> Kind => ClientMetrics.Update;

    public async Task<WriteReceipt> SendAsync(TimeSpan left)
    {
        if (left < CallTimes.Attempt) CallerTime.Announce(left);
        var token = attemptTimeout.For(0);
        return await AttemptTimeout.AwaitAsync(run(intent), token).ConfigureAwait(false);
    }

    public Activity? StartSpan() => ClientSpans.Start(intent);

    public UpdateCall WithTrace(string traceParent) => new(run, intent.WithTrace(traceParent), attemptTimeout);
}
