using Coordinator.Core.Committing;
using Coordinator.Core.Ledger;
using Coordinator.Receipts;

namespace Coordinator.Tests.Committing;

/// <summary>The receipt for an id that the ledger has.</summary>
public sealed class KnownReceiptTests
{
    private static readonly DateTimeOffset When = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
    private static readonly Guid Batch = Guid.Parse("22222222-2222-4222-8222-222222222222");
    private static readonly Guid Content = Guid.NewGuid();

    [Fact]
    public void The_row_count_is_the_ledgers_for_an_intent_of_its_own_range_and_the_submissions_within_a_longer_range()
    {
        Assert.Equal(7, KnownReceipt.Of(Some.Insert(5, rows: 2), Range(5, 5, 7)).Rows);
        Assert.Equal(2, KnownReceipt.Of(Some.Insert(5, rows: 2), Range(4, 5, 7)).Rows);
        Assert.Equal(2, KnownReceipt.Of(Some.Insert(5, rows: 2), Range(5, 6, 7)).Rows);
    }

    [Fact]
    public void The_receipt_has_the_time_and_the_batch_of_the_committed_content()
    {
        var receipt = KnownReceipt.Of(Some.Insert(5), Range(5, 5, 1));
        Assert.Equal(
            (Some.Id(5), WriteStatus.AlreadyCommitted, When, Batch), (receipt.Id, receipt.Status, receipt.CommittedAt, receipt.BatchId));
        Assert.Empty(receipt.Errors);
    }

    [Fact]
    public void Content_is_other_only_if_both_hashes_are_known_and_differ()
    {
        Assert.True(KnownReceipt.IsOther(Content, Guid.NewGuid()));
        Assert.False(KnownReceipt.IsOther(Content, Content));
        Assert.False(KnownReceipt.IsOther(Guid.Empty, Content));
        Assert.False(KnownReceipt.IsOther(Content, Guid.Empty));
    }

    [Fact]
    public void The_refusal_of_other_content_says_what_is_committed_since_when_and_what_to_do()
    {
        var refusal = KnownReceipt.OtherContent(KnownReceipt.Of(Some.Insert(5), Range(5, 5, 7)));
        Assert.Equal((WriteStatus.Rejected, When, Batch), (refusal.Status, refusal.CommittedAt, refusal.BatchId));
        Assert.Equal(
            $"Intent {Some.Id(5)} was committed with other content at 2026-01-02 01:04:05.000000Z (7 rows, batch {Batch}). "
                + "Nothing of this submission is written. Give other content another key.",
            Assert.Single(refusal.Errors).Reason);
    }

    [Fact]
    public void The_refusal_of_other_content_without_a_time_says_so()
    {
        var committed = KnownReceipt.Of(Some.Insert(5), Range(5, 5, 7)) with { CommittedAt = null };
        Assert.Contains("at an unknown time", KnownReceipt.OtherContent(committed).Errors[0].Reason, StringComparison.Ordinal);
    }

    private static KnownRange Range(long first, long last, long rows) =>
        new(new SequenceRange(Some.Origin, first, last, rows, Content), new LedgerEntry(Batch, When));
}
