using System.Collections.Concurrent;
using System.Diagnostics;
using Coordinator.Client;
using Coordinator.Client.Telemetry;
using Coordinator.Errors;
using Coordinator.Intents;

namespace Coordinator.Tests.Client;

/// <summary>The span of a write contains all attempts, and each attempt passes the span on to the grain.</summary>
[Collection("Activity listeners, which are global to the process")]
public sealed class ClientSpansTests
{
    private readonly ConcurrentQueue<Activity> _stopped = new();

    [Fact]
    public async Task Attempts_share_a_span_whose_events_say_why_there_were_several()
    {
        using var listener = Listen(ActivitySamplingResult.AllDataAndRecorded);
        var rig = new ClientRig(ClientRig.Fails(new QueueFullException("full")), ClientRig.Pending, ClientRig.Committed);
        var id = IntentId.FromKey(nameof(Attempts_share_a_span_whose_events_say_why_there_were_several));
        await rig.InsertAsync(new WriteOptions { Id = id });

        var span = SpanOf(id);
        Assert.Equal(("insert public.events", "committed", 3),
            (span.DisplayName, span.GetTagItem("coordinator.outcome"), span.GetTagItem("coordinator.attempts")));
        Assert.Equal(["retry", "pending"], span.Events.Select(static e => e.Name));
        Assert.Equal([span.Id], rig.Grain.Inserts.Select(static intent => intent.TraceParent).Distinct());
        Assert.Equal(3, rig.Grain.Inserts.Count);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task A_write_that_fails_says_how_and_the_callers_own_span_is_its_parent()
    {
        using var listener = Listen(ActivitySamplingResult.AllDataAndRecorded);
        var rig = new ClientRig(ClientRig.Fails(new QueueFullException("full")));
        var id = IntentId.FromKey(nameof(A_write_that_fails_says_how_and_the_callers_own_span_is_its_parent));
        using var own = new Activity("own").Start();
        await Assert.ThrowsAsync<QueueFullException>(() => rig.InsertAsync(new WriteOptions { Id = id, WaitWhenFull = false }));

        var span = SpanOf(id);
        Assert.Equal((own.SpanId, "failed", ActivityStatusCode.Error), (span.ParentSpanId, span.GetTagItem("coordinator.outcome"), span.Status));
        Assert.Same(own, Activity.Current);
    }

    [Fact]
    public async Task A_span_that_is_not_sampled_is_not_passed_to_the_grain()
    {
        using var listener = Listen(ActivitySamplingResult.PropagationData);
        var rig = new ClientRig(ClientRig.Committed);
        using var unsampled = new Activity("unsampled").SetIdFormat(ActivityIdFormat.W3C).Start();
        await rig.InsertAsync();
        Assert.Equal("", Assert.Single(rig.Grain.Inserts).TraceParent);
    }

    private Activity SpanOf(IntentId id) => Assert.Single(_stopped, span => (string?)span.GetTagItem("coordinator.intent") == id.ToString());

    private ActivityListener Listen(ActivitySamplingResult sampling)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == ClientSpans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
            ActivityStopped = _stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
