using Coordinator.Contention;
using Coordinator.Core.Contention;
using Coordinator.Tables;

namespace Coordinator.Tests.Contention;

public sealed class ContentionMergeTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_table_that_moved_is_one_row_with_all_its_counts()
    {
        var was = Part("silo-1", LeaseState.None, isActive: false, new TableCounts { Rows = 7, Conflicts = 1 });
        var now = Part("silo-2", LeaseState.Held, isActive: true, new TableCounts { Rows = 5 }) with { QueueDepth = 3 };

        var row = Assert.Single(ContentionMerge.Tables([was, now]));
        Assert.Equal(("silo-2", 3, 12, 1), (row.Silo, row.QueueDepth, row.Counts.Rows, row.Counts.Conflicts));
        Assert.Equal([false, true], row.Silos.Select(static s => s.IsActive));
    }

    [Fact]
    public void Two_activations_at_once_are_both_reported_and_the_one_with_the_lock_is_shown()
    {
        var first = Part("silo-1", LeaseState.Waiting, isActive: true, default);
        var second = Part("silo-2", LeaseState.Held, isActive: true, default);
        Assert.Equal("silo-2", Assert.Single(ContentionMerge.Tables([first, second])).Silo);
        Assert.Equal("silo-2", Assert.Single(ContentionMerge.Tables([second, first])).Silo);
        var detail = ContentionMerge.Detail([new TableDetail { At = At, Now = first }, new TableDetail { At = At, Now = second }], []);
        Assert.Contains("2 activations", Assert.Single(detail.Now.Advice), StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_contended_table_comes_first()
    {
        var quiet = Part("s", LeaseState.Held, true, default) with { Table = TableName.Parse("a") };
        var busy = Part("s", LeaseState.Held, true, default) with { Table = TableName.Parse("b"), ContentionMilliseconds = 10 };
        Assert.Equal(["public.b", "public.a"], ContentionMerge.Rank([quiet, busy]).Select(static t => t.Table.ToString()));
    }

    [Fact]
    public void A_turn_learns_from_another_silo_what_became_of_its_update()
    {
        var turn = new TurnRecord { Kind = TurnKind.Exclusive, Source = "job", Id = "u.1", Outcome = TurnOutcome.Released, StartedAt = At };
        var lost = turn with { Id = "u.2", Outcome = TurnOutcome.Revoked };
        var tables = new TableDetail { At = At, Now = Part("silo-1", LeaseState.Held, true, default), Turns = [turn, lost] };
        var runner = new TableDetail
        {
            At = At,
            Now = Part("silo-2", LeaseState.None, false, default),
            Ends = [new UpdateEnd("u.1", TurnOutcome.Committed, 40), new UpdateEnd("u.2", TurnOutcome.Failed, 0)]
        };

        Assert.Equal([(TurnOutcome.Committed, 40L), (TurnOutcome.Revoked, 0L)],
            ContentionMerge.Detail([tables, runner], []).Turns.Select(static t => (t.Outcome, t.Rows)));
    }

    [Fact]
    public void The_graph_around_a_table_reaches_as_far_as_the_waits_do()
    {
        var (a, b, c, d) = (TableName.Parse("a"), TableName.Parse("b"), TableName.Parse("c"), TableName.Parse("d"));
        WaitEdge[] edges =
        [
            new(a, "u1", "one", true, true, 1), new(b, "u1", "one", true, false, 1),
            new(b, "u2", "two", true, true, 1), new(c, "u2", "two", false, true, 1),
            new(d, "u3", "three", true, true, 1),
        ];
        Assert.Equal(4, ConnectedWaits.Around(c, edges).Count);
        Assert.Equal("u3", Assert.Single(ConnectedWaits.Around(d, edges)).Id);
        Assert.Empty(ConnectedWaits.Around(TableName.Parse("e"), edges));
    }

    private static TableContention Part(string silo, LeaseState state, bool isActive, TableCounts counts)
    {
        var view = new LockView(state, "", 0);
        return new TableContention
        {
            Table = Some.Table,
            Silo = silo,
            QueueDepth = 0,
            OldestWaitMilliseconds = 0,
            Lock = view,
            Counts = counts,
            Recent = new float[120],
            Silos = [new SiloFigures { Silo = silo, IsActive = isActive, Lock = view, Counts = counts }],
        };
    }
}
