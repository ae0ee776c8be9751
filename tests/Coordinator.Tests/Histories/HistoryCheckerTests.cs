using Coordinator.Simulation.Histories;

namespace Coordinator.Tests.Histories;

public sealed class HistoryCheckerTests
{
    private readonly Told _told = new();

    [Fact]
    public void Nothing_is_found_where_every_word_is_true() => Assert.Empty(_told
        .Call(0, CallAnswer.Committed, 0, 1).Row(0).Commit(0, 0.2, 0.8)
        .Call(1, CallAnswer.Rejected, 1, 2)
        .Call(2, CallAnswer.Unknown, 2, 3).Call(2, CallAnswer.NotWritten, 3, 4).Row(2).Commit(2, 2.2, 2.8, "b")
        .Call(3, CallAnswer.Unknown, 4, 5)
        .Found());

    [Fact]
    public void An_acknowledged_row_that_is_not_there_is_lost() =>
        Assert.Equal([FindingKind.Lost], _told.Call(0, CallAnswer.Unknown, 0, 1).Call(0, CallAnswer.Committed, 2, 3).Found());

    [Fact]
    public void One_missing_row_of_an_acknowledged_intent_is_lost() =>
        Assert.Equal([FindingKind.Lost], _told.Call(0, CallAnswer.Committed, 0, 1, 10, 11).Row(10).Found());

    [Fact]
    public void An_intent_without_a_receipt_is_there_whole_or_not_at_all() =>
        Assert.Equal([FindingKind.Torn], _told.Call(0, CallAnswer.Unknown, 0, 1, 10, 11).Row(10).Found());

    [Fact]
    public void A_row_that_is_there_twice_is_doubled() =>
        Assert.Equal([FindingKind.Doubled], _told.Call(0, CallAnswer.Committed, 0, 1).Row(0).Row(0).Found());

    [Fact]
    public void A_ledger_that_was_dropped_while_an_intent_was_under_way_excuses_doubles() =>
        Assert.Empty(_told.Call(0, CallAnswer.Unknown, 0, 1).Call(0, CallAnswer.Committed, 5, 6).Row(0).Row(0).Drop(3, 4).Found());

    [Fact]
    public void A_ledger_that_was_dropped_later_excuses_no_doubles() =>
        Assert.Equal([FindingKind.Doubled], _told.Call(0, CallAnswer.Committed, 0, 1).Row(0).Row(0).Drop(3, 4).Found());

    [Fact]
    public void Another_value_than_was_sent_is_wrong() =>
        Assert.Equal([FindingKind.WrongValue], _told.Call(0, CallAnswer.Committed, 0, 1).Row(0, "w").Found());

    [Fact]
    public void A_row_that_no_caller_sent_is_wrong() => Assert.Equal([FindingKind.WrongValue], _told.Row(7).Found());

    [Fact]
    public void A_rejected_intent_that_is_there_is_a_false_word() =>
        Assert.Equal([FindingKind.FalseWord], _told.Call(0, CallAnswer.Unknown, 0, 1).Call(0, CallAnswer.Rejected, 1, 2).Row(0).Found());

    [Fact]
    public void An_intent_that_only_ever_was_not_written_and_is_there_is_a_false_word() =>
        Assert.Equal([FindingKind.FalseWord], _told.Call(0, CallAnswer.NotWritten, 0, 1).Call(0, CallAnswer.NotWritten, 1, 2).Row(0).Found());

    [Fact]
    public void Not_written_is_said_of_one_submission_alone() =>
        Assert.Empty(_told.Call(0, CallAnswer.NotWritten, 0, 1).Call(0, CallAnswer.Committed, 1, 2).Row(0).Found());

    [Fact]
    public void An_intent_that_followed_a_receipt_and_was_committed_before_is_reordered() => Assert.Equal([FindingKind.Reordered], _told
        .Call(0, CallAnswer.Committed, 0, 1).Row(0).Commit(0, 1.8, 2.9)
        .Call(1, CallAnswer.Committed, 1.5, 3).Row(1).Commit(1, 1.6, 1.7)
        .Found());

    [Fact]
    public void Intents_that_were_under_way_at_once_have_no_order() => Assert.Empty(_told
        .Call(0, CallAnswer.Committed, 0, 3).Row(0).Commit(0, 1.8, 2.9)
        .Call(1, CallAnswer.Committed, 1, 3).Row(1).Commit(1, 1.6, 1.7)
        .Found());

    [Fact]
    public void Transactions_of_two_activations_that_were_open_at_once_overlap() => Assert.Equal([FindingKind.Overlap], _told
        .Call(0, CallAnswer.Committed, 0, 1).Row(0).Commit(0, 0.1, 0.5)
        .Call(1, CallAnswer.Committed, 0, 1).Row(1).Commit(1, 0.4, 0.9, "b")
        .Found());

    [Fact]
    public void A_fence_that_was_dropped_meanwhile_excuses_an_overlap() => Assert.Empty(_told
        .Call(0, CallAnswer.Committed, 0, 1).Row(0).Commit(0, 0.1, 0.5)
        .Call(1, CallAnswer.Committed, 0, 1).Row(1).Commit(1, 0.4, 0.9, "b")
        .Drop(0.2, 0.3).Found());

    [Theory]
    [InlineData(1, 1, 1, 0)]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(0, 0, 0, 3)]
    public void A_long_outage_is_told_by_a_log_line_by_a_metric_and_by_answers(int lines, int samples, int answers, int findings)
    {
        _told.Outages.Add(new Outage("cause", Told.At(0), Told.At(15), lines, 5, samples, 5, answers));
        Assert.Equal(Enumerable.Repeat(FindingKind.Silence, findings), _told.Found());
    }

    [Fact]
    public void A_short_outage_need_not_be_told()
    {
        _told.Outages.Add(new Outage("cause", Told.At(0), Told.At(14), 0, 5, 0, 5, 0));
        Assert.Empty(_told.Found());
    }

    [Fact]
    public void A_silo_that_was_not_read_and_answers_that_did_not_fail_prove_no_silence()
    {
        _told.Outages.Add(new Outage("cause", Told.At(0), Told.At(20), 1, 0, 0, 0, 0));
        Assert.Empty(_told.Found());
    }

    [Theory]
    [InlineData(9.9, 0)]
    [InlineData(10.1, 1)]
    [InlineData(null, 1)]
    public void A_table_without_a_receipt_in_time_stalls(double? seconds, int findings)
    {
        _told.Recoveries.Add(new Recovery(Told.Table, seconds is { } after ? TimeSpan.FromSeconds(after) : null, TimeSpan.FromSeconds(10)));
        Assert.Equal(Enumerable.Repeat(FindingKind.Stall, findings), _told.Found());
    }
}
