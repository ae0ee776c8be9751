using System.Diagnostics;
using Coordinator.Client.Telemetry;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>An insert on its way to its table's grain.</summary>
internal readonly struct InsertCall(InsertLane lane, InsertIntent intent) : IWriteCall<InsertCall>
{
    public IntentId Id => intent.Id;

    public KeyValuePair<string, object?> Kind => ClientMetrics.Insert;

    public Task<WriteReceipt> SendAsync(TimeSpan left) => lane.SendAsync(intent, left);

    public Activity? StartSpan() => ClientSpans.Start(intent);

    public InsertCall WithTrace(string traceParent) => new(lane, intent.WithTrace(traceParent));
}
