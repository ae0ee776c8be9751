using Coordinator.Core.Committing;
using Coordinator.Core.Queueing;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Tests.Queueing;

public sealed class ReceiptMemoryTests
{
    private static readonly Guid Content = Guid.NewGuid();

    private readonly ReceiptMemory _memory = new(2);

    [Fact]
    public void The_same_content_again_is_already_committed()
    {
        _memory.Remember(Committed(), Content, isDelivered: true);
        Assert.Equal(WriteStatus.AlreadyCommitted, _memory.Deliver(Intent(Content))?.Status);
    }

    [Fact]
    public void Other_content_under_a_committed_id_is_refused_and_the_committed_receipt_stays()
    {
        _memory.Remember(Committed(), Content, isDelivered: true);
        var refused = _memory.Deliver(Intent(Guid.NewGuid()))!;
        _memory.Remember(refused, Guid.NewGuid(), isDelivered: true);

        Assert.Equal(WriteStatus.Rejected, refused.Status);
        Assert.Contains("3 rows", refused.Errors[0].Reason, StringComparison.Ordinal);
        Assert.Equal(WriteStatus.Committed, _memory.Find(Some.Id(1))?.Status);
    }

    [Fact]
    public void Without_a_hash_on_either_side_the_id_is_taken_at_its_word()
    {
        _memory.Remember(Committed(), Guid.Empty, isDelivered: true);
        Assert.Equal(WriteStatus.AlreadyCommitted, _memory.Deliver(Intent(Content))?.Status);
        _memory.Remember(Committed(), Content, isDelivered: true);
        Assert.Equal(WriteStatus.AlreadyCommitted, _memory.Deliver(Intent(Guid.Empty))?.Status);
    }

    [Fact]
    public void The_refusal_of_other_content_is_not_the_ids_receipt()
    {
        _memory.Remember(KnownReceipt.OtherContent(Committed()), Content, isDelivered: true);
        Assert.Null(_memory.Find(Some.Id(1)));
    }

    [Fact]
    public void The_oldest_receipt_is_forgotten_when_there_are_too_many()
    {
        for (var i = 1; i <= 3; i++) _memory.Remember(Committed(i), Content, isDelivered: true);
        Assert.Null(_memory.Find(Some.Id(1)));
        Assert.NotNull(_memory.Find(Some.Id(2)));
        Assert.NotNull(_memory.Find(Some.Id(3)));
    }

    [Fact]
    public void Of_many_receipts_the_latest_are_remembered()
    {
        var memory = new ReceiptMemory(20);
        for (var i = 1; i <= 50; i++) memory.Remember(Committed(i), Content, isDelivered: true);
        Assert.All(Enumerable.Range(1, 30), i => Assert.Null(memory.Find(Some.Id(i))));
        Assert.All(Enumerable.Range(31, 20), i => Assert.Equal(Some.Id(i), memory.Find(Some.Id(i))?.Id));
    }

    [Fact]
    public void A_receipt_that_is_remembered_twice_takes_one_place()
    {
        _memory.Remember(Committed(1), Content, isDelivered: true);
        _memory.Remember(Committed(2), Content, isDelivered: true);
        _memory.Remember(Committed(2), Content, isDelivered: true);
        Assert.NotNull(_memory.Find(Some.Id(1)));
    }

    [Fact]
    public void A_receipt_that_no_caller_had_yet_is_delivered_as_committed_once()
    {
        _memory.Remember(Committed(), Content, isDelivered: false);
        Assert.Equal(WriteStatus.Committed, _memory.Deliver(Intent(Content))?.Status);
        Assert.Equal(WriteStatus.AlreadyCommitted, _memory.Deliver(Intent(Content))?.Status);
    }

    private static WriteReceipt Committed(long sequence = 1) =>
        new()
        {
            Id = Some.Id(sequence),
            Status = WriteStatus.Committed,
            Rows = 3,
            BatchId = Guid.NewGuid(),
            CommittedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)
        };

    private static InsertIntent Intent(Guid content) => new() { Id = Some.Id(1), Table = Some.Table, Rows = Some.Rows(3), ContentHash = content };
}
