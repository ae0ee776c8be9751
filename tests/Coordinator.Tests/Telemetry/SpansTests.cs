using System.Diagnostics;
using Coordinator.Client.Telemetry;
using Coordinator.Core.Queueing;
using Coordinator.Core.Tracing;
using Coordinator.Intents;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Telemetry;

/// <summary>Without a listener no span is created; with one, only for calls that carry a trace.</summary>
[Collection("Activity listeners, which are global to the process")]
public sealed class SpansTests
{
    private const int Calls = 10_000;
    private const string TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private readonly FakeTimeProvider _clock = new();

    // One test, because a listener is global to the process.
    [Fact]
    public void Without_a_listener_nothing_is_allocated_and_with_one_only_traced_intents_have_spans()
    {
        var untraced = Turn(Some.Insert(1), Some.Insert(2));
        var traced = Turn(Some.Insert(3), Some.Insert(4).WithTrace(TraceParent), Some.Insert(5).WithTrace(TraceParent));
        AssertFree(() => TurnSpans.Start(Some.Table, traced, _clock));
        AssertFree(static () => CoordinatorSpans.Start(CoordinatorSpans.Commit));
        AssertFree(static () => ClientSpans.Source.HasListeners() ? new Activity("x") : null);

        var stopped = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == CoordinatorSpans.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Add,
        };
        ActivitySource.AddActivityListener(listener);

        Assert.Null(TurnSpans.Start(Some.Table, untraced, _clock));
        Assert.Null(CoordinatorSpans.Start(CoordinatorSpans.Commit));
        using (var turn = TurnSpans.Start(Some.Table, traced, _clock))
        {
            Assert.Equal((TraceParent, 1), (turn!.ParentId, turn.Links.Count()));
            Assert.Same(turn, Activity.Current);
            using var commit = CoordinatorSpans.Start(CoordinatorSpans.Commit);
            Assert.Equal(turn.SpanId, commit!.ParentSpanId);
        }

        Assert.Null(Activity.Current);
        Assert.Equal(["wait", "wait", "commit", "turn"], stopped.Where(static a => a.TraceId.ToHexString() == TraceParent[3..35])
            .Select(static a => a.OperationName));
    }

    private InsertTurn Turn(params InsertIntent[] intents)
    {
        var queue = new WriteQueue(new WriteQueueOptions(), _clock);
        foreach (var intent in intents) queue.Enqueue(intent);
        return queue.Advance()!;
    }

    private static void AssertFree(Func<Activity?> start)
    {
        Assert.Null(start());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++) start();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
