using Coordinator.Contention;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;

namespace Coordinator.Tests.Contention;

public sealed class TableAccountTests
{
    private readonly AccountedQueue _table = new();

    [Fact]
    public void A_turn_is_told_with_its_times_rows_and_outcome()
    {
        _table.Insert(0, rows: 3);
        _table.Pass(0.5);
        _table.RunInserts(seconds: 2);

        var turn = Assert.Single(_table.Account.ReadDetail().Turns);
        Assert.Equal((TurnKind.Insert, "test", "silo-1", TurnOutcome.Committed), (turn.Kind, turn.Source, turn.Silo, turn.Outcome));
        Assert.Equal((1, 3), (turn.Intents, turn.Rows));
        Assert.Equal(500, turn.WaitedMilliseconds, 3);
        Assert.Equal(TimeSpan.FromSeconds(2), turn.EndedAt - turn.StartedAt);
        Assert.Equal(_table.Clock.GetUtcNow(), turn.EndedAt);
        Assert.Equal(1, _table.Account.Counts().Intents);
    }

    [Fact]
    public void Insert_turns_that_follow_each_other_closely_are_one_record()
    {
        for (var i = 0; i < 10; i++)
        {
            _table.Insert(i);
            _table.RunInserts(seconds: 0.3);
        }

        var turn = Assert.Single(_table.Account.ReadDetail().Turns);
        Assert.Equal((10, 10, 10), (turn.Turns, turn.Intents, turn.Rows));
        Assert.Equal(3, (turn.EndedAt - turn.StartedAt).TotalSeconds, 3);

        _table.Pass(5);
        _table.Insert(10);
        _table.RunInserts(seconds: 0.3);
        Assert.Equal(2, _table.Account.ReadDetail().Turns.Count);
    }

    [Fact]
    public void An_insert_that_waited_for_too_long_is_counted_as_failed()
    {
        _table.Reserve(100, ReservationMode.Exclusive, "job");
        _ = _table.Queue.Enqueue(Some.Insert(0, maxWait: TimeSpan.FromSeconds(5)));
        _table.Pass(6);
        _table.Queue.Tick();
        Assert.Equal(1, _table.Account.Counts().Failed);
    }

    [Fact]
    public void A_quiet_account_that_is_asked_for_is_kept_for_another_hour()
    {
        _table.Activation.Close();
        _table.Pass(3_700);
        Assert.True(_table.Account.IsForgotten());
        _table.Account.Touch();
        Assert.False(_table.Account.IsForgotten());
    }

    [Fact]
    public void A_hold_that_moves_to_the_next_activation_ends_in_this_ones_account()
    {
        _table.Reserve(100, ReservationMode.Exclusive, "job");
        _table.Pass(5);
        _table.Queue.Close(new InvalidOperationException("moved"));
        _table.Activation.Close();
        Assert.Empty(_table.Account.Read().Holders);
        Assert.Equal(5_000, _table.Account.Counts().UpdatesHeldMilliseconds, 3);
        Assert.Equal(TurnOutcome.Released, Assert.Single(_table.Account.ReadDetail().Turns).Outcome);
    }

    [Fact]
    public void An_update_that_is_not_heard_of_is_told_as_revoked()
    {
        _table.Reserve(100, ReservationMode.Exclusive, "job");
        _table.Pass(120);
        Assert.Single(_table.Queue.Tick());
        Assert.Equal(TurnOutcome.Revoked, Assert.Single(_table.Account.ReadDetail().Turns).Outcome);
    }

    [Fact]
    public void Conflicts_keep_the_message_and_name_the_transactions_of_the_cycle()
    {
        const string Message =
            "1023: Serializable isolation violation on table - 119371, transactions forming the cycle are: 1745830, 1745762 (pid:4711)";
        _table.Activation.OnRetry(new WarehouseException(FailureKind.Conflict, Message) { Cause = FailureCause.Conflict, IsOverlap = true });
        var deadlock = new WarehouseException(FailureKind.Conflict, "deadlock detected") { Cause = FailureCause.Deadlock };
        _table.Account.OnUpdateFailed("job", deadlock, isRetried: false);

        var conflicts = _table.Account.ReadDetail().Conflicts;
        Assert.Equal(["1745830", "1745762"], conflicts[0].Transactions);
        Assert.Equal((Message, "conflict", WriteKind.Insert), (conflicts[0].Message, conflicts[0].Cause, conflicts[0].Kind));
        Assert.Equal(("deadlock", WriteKind.Update, "job"), (conflicts[1].Cause, conflicts[1].Kind, conflicts[1].Source));
        var counts = _table.Account.Counts();
        Assert.Equal((2, 1, 1), (counts.Conflicts, counts.Retries, counts.Overlaps));
    }

    [Fact]
    public void Whatever_writers_call_themselves_the_account_stays_small()
    {
        for (var i = 0; i < 1_000; i++)
            _ = _table.Queue.Enqueue(new InsertIntent { Id = Some.Id(i), Table = Some.Table, Rows = Some.Rows(), Source = $"writer-{i}" });
        _table.RunInserts(seconds: 1);
        var sources = _table.Account.ReadDetail().Sources;
        Assert.InRange(sources.Count, 2, 33);
        Assert.Equal(1_000, sources.Sum(static s => s.Intents));
        Assert.Contains(sources, static s => s.Source == SourceFigures.Others);
    }

    [Fact]
    public void The_hour_is_kept_in_slots_and_outlives_the_activation()
    {
        for (var minute = 0; minute < 90; minute++)
        {
            _table.Insert(minute, rows: 2);
            _table.RunInserts(seconds: 1);
            _table.Activation.OnCommitted(2, TimeSpan.FromSeconds(1));
            _table.Pass(59);
        }

        _table.Activation.Close();
        var history = _table.Account.ReadDetail().History;
        Assert.InRange(history.Count, 59, 60);
        Assert.Equal(2 * history.Count, history.Sum(static slot => slot.Rows));
        Assert.All(history, static slot => Assert.Equal(1_000, slot.InsertsHeldMilliseconds, 1));
        Assert.Equal(180, _table.Account.Counts().Rows);
        Assert.False(_table.Account.IsForgotten());
        _table.Pass(3_700);
        Assert.True(_table.Account.IsForgotten());
        Assert.Empty(_table.Account.ReadDetail().History);
    }
}
