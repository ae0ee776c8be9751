using Coordinator.Contention;
using Coordinator.Dashboard.Charts;
using Coordinator.Dashboard.Words;

namespace Coordinator.Tests.Dashboard;

public sealed class TimelineTests
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(5);

    [Fact]
    public void Inserts_share_the_first_lane_and_each_source_of_updates_has_its_own()
    {
        var timeline = Timeline.Of(
            Contended.Detail() with
            {
                Turns =
                [
                    Contended.Turn(TurnKind.Insert, "w1", 50, 40), Contended.Turn(TurnKind.Exclusive, "z", 40, 30),
                    Contended.Turn(TurnKind.Insert, "w2", 30, 20), Contended.Turn(TurnKind.Shared, "a", 20, 10),
                ],
            },
            Span);
        Assert.Equal([Timeline.Inserts, "a", "z"], timeline.Lanes);
        Assert.Equal([("insert", 0), ("exclusive", 2), ("insert", 0), ("shared", 1)], timeline.Bars.Select(static b => (b.Kind, b.Lane)));
    }

    [Fact]
    public void Who_holds_and_who_waits_is_drawn_up_to_now()
    {
        var table = Contended.Table() with
        {
            Holders = [new(TurnKind.Exclusive, "job", 42_000)],
            Waiters = [new(TurnKind.Insert, "w", 38_000, 12)],
            QueueDepth = 12
        };
        var timeline = Timeline.Of(Contended.Detail(table), Span);
        Assert.Equal([(1, false, 42_000L), (0, true, 38_000L)], timeline.Bars.Select(static b => (b.Lane, b.IsWait, b.To - b.From)));
        Assert.All(timeline.Bars, b => Assert.Equal(timeline.To, b.To));
        Assert.Equal("12 inserts of w\nhas waited 38 s", timeline.Bars[1].Text);
    }

    [Fact]
    public void A_wait_lies_before_its_turn_and_an_end_that_was_not_good_is_marked()
    {
        var turn = Contended.Turn(TurnKind.Exclusive, "job", 60, 30) with { WaitedMilliseconds = 20_000, Outcome = TurnOutcome.Revoked };
        var bars = Timeline.Of(Contended.Detail() with { Turns = [turn] }, Span).Bars;
        Assert.Equal([(false, true), (true, false)], bars.Select(static b => (b.IsWait, b.IsBad)));
        Assert.Equal(bars[0].From, bars[1].To);
        Assert.Equal(20_000, bars[1].To - bars[1].From);
    }

    [Fact]
    public void What_began_earlier_is_cut_at_the_edge_and_what_ended_earlier_is_left_out()
    {
        var timeline = Timeline.Of(
            Contended.Detail() with
            {
                Turns = [Contended.Turn(TurnKind.Exclusive, "old", 900, 600), Contended.Turn(TurnKind.Exclusive, "long", 900, 60)],
            },
            Span);
        Assert.Equal([Timeline.Inserts, "long"], timeline.Lanes);
        Assert.Equal(timeline.From, Assert.Single(timeline.Bars).From);
    }

    [Fact]
    public void Sources_for_which_there_is_no_room_share_a_lane_and_the_latest_keep_theirs()
    {
        var turns = Enumerable.Range(0, Timeline.MaxSources + 3)
            .Select(static i => Contended.Turn(TurnKind.Exclusive, $"job{i:00}", 200 - i * 10, 195 - i * 10)).ToArray();
        var timeline = Timeline.Of(Contended.Detail() with { Turns = turns }, Span);
        Assert.Equal([Timeline.Inserts, .. turns[3..].Select(static t => t.Source), Timeline.Others], timeline.Lanes);
        Assert.Equal(3, timeline.Bars.Count(b => b.Lane == timeline.Lanes.Count - 1));
    }

    [Theory]
    [InlineData(20, 60)]
    [InlineData(200, 200)]
    [InlineData(900, 300)]
    public void It_looks_back_no_further_than_anything_is_known_but_a_minute_at_least(int startedSecondsAgo, int shown)
    {
        var timeline = Timeline.Of(Contended.Detail() with { Turns = [Contended.Turn(TurnKind.Exclusive, "job", startedSecondsAgo, 5)] }, Span);
        Assert.Equal(shown * 1000, timeline.To - timeline.From);
    }

    [Fact]
    public void A_lock_that_another_activation_has_is_no_updates_lane()
    {
        var table = Contended.Table() with { Holders = [new(TurnKind.Lock, "a81c3f9e", 3_000)] };
        Assert.Equal([Timeline.Inserts, Timeline.Locks], Timeline.Of(Contended.Detail(table), Span).Lanes);
        Assert.Equal("another activation's lock has held it for 3.0 s; none waits.", Headline.Of(table));
    }

    [Fact]
    public void A_source_without_a_name_has_a_lane_too()
    {
        var timeline = Timeline.Of(Contended.Detail() with { Turns = [Contended.Turn(TurnKind.Exclusive, "", 20, 10)] }, Span);
        Assert.Equal([Timeline.Inserts, "(no name)"], timeline.Lanes);
        Assert.Equal(1, Assert.Single(timeline.Bars).Lane);
    }
}
