using System.Diagnostics;
using Coordinator.Client.Telemetry;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>An update on its way to its grain: its own, or its job's.</summary>
internal readonly struct UpdateCall(Func<UpdateIntent, Task<WriteReceipt>> run, UpdateIntent intent, Patience patience) : IWriteCall<UpdateCall>
{
    public IntentId Id => intent.Id;

    public KeyValuePair<string, object?> Kind => ClientMetrics.Update;

    public Task<WriteReceipt> SendAsync()
    {
        var token = patience.For(0);
        return Patience.AwaitAsync(run(intent), token);
    }

    public Activity? StartSpan() => ClientSpans.Start(intent);

    public UpdateCall WithTrace(string traceParent) => new(run, intent.WithTrace(traceParent), patience);
}
