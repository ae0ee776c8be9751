using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Tests.Committing;

/// <summary>Retries and what the ledger says.</summary>
public sealed class BatchCommitterTests : BatchCommitterTestBase
{
    [Fact]
    public async Task A_conflict_is_tried_again()
    {
        var left = 2;
        var outcomes = await CommitAsync(new FakeWarehouse(_ => left-- > 0 ? throw Failure(FailureKind.Conflict) : Done()), 3);

        Assert.All(outcomes.Values, static o => Assert.Equal(WriteStatus.Committed, o.Receipt!.Status));
        Assert.Equal([FailureKind.Conflict, FailureKind.Conflict], Retries);
    }

    [Theory]
    [InlineData(FailureKind.Unavailable, FailureCause.Connection, true)]
    [InlineData(FailureKind.Unknown, FailureCause.UnknownOutcome, true)]
    [InlineData(FailureKind.Conflict, FailureCause.Conflict, false)]
    public async Task Who_lost_the_connection_asks_more_before_the_next_try(FailureKind kind, FailureCause cause, bool asksMore)
    {
        var left = 1;
        var warehouse = new FakeWarehouse(_ => left-- > 0 ? throw new WarehouseException(kind, "lost") { Cause = cause } : Done());
        var asked = 0;
        var outcomes = await CommitAsync(warehouse, 1, mayRetry: () => asked++ < 0);
        var outcome = Assert.Single(outcomes).Value;
        Assert.Equal(asksMore ? 1 : 0, asked);
        Assert.Equal(asksMore, outcome.Receipt is null);
        Assert.Equal(asksMore ? 1 : 2, warehouse.Batches.Count);
    }

    [Fact]
    public async Task Who_loses_the_connection_at_each_try_asks_more_before_each()
    {
        var left = 3;
        var warehouse = new FakeWarehouse(_ =>
            left-- > 0 ? throw new WarehouseException(FailureKind.Unavailable, "lost") { Cause = FailureCause.Connection } : Done());
        var asked = 0;
        var outcomes = await CommitAsync(warehouse, 1, mayRetry: () => ++asked > 0);
        Assert.Equal(WriteStatus.Committed, outcomes[Some.Id(0)].Receipt!.Status);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task An_unknown_outcome_that_the_ledger_has_is_committed_once()
    {
        Guid? committed = null;
        var warehouse = new FakeWarehouse(batch =>
        {
            if (committed is { } first)
            {
                Assert.Equal(first, batch.BatchId);
                return new BatchResult(Now, batch.Intents.ToDictionary(static i => i.Id, i => Known(i.Id, first)));
            }

            committed = batch.BatchId;
            throw Failure(FailureKind.Unknown);
        });

        var outcomes = await CommitAsync(warehouse, 2);

        Assert.All(outcomes.Values, static o => Assert.Equal(WriteStatus.Committed, o.Receipt!.Status));
        Assert.All(outcomes.Values, o => Assert.Equal(committed, o.Receipt!.BatchId));
    }

    [Fact]
    public async Task What_another_batch_committed_is_committed_already()
    {
        var other = Guid.NewGuid();
        var outcomes = await CommitAsync(
            new FakeWarehouse(batch =>
                new BatchResult(Now, new Dictionary<IntentId, KnownRange> { [batch.Intents[0].Id] = Known(batch.Intents[0].Id, other) })), 2);

        Assert.Equal(WriteStatus.AlreadyCommitted, outcomes[Some.Id(0)].Receipt!.Status);
        Assert.Equal(other, outcomes[Some.Id(0)].Receipt!.BatchId);
        Assert.Equal(WriteStatus.Committed, outcomes[Some.Id(1)].Receipt!.Status);
        Assert.Equal(1, Committed);
    }

    [Fact]
    public async Task A_warehouse_that_stays_away_gives_a_typed_answer_after_the_last_try()
    {
        var warehouse = new FakeWarehouse(_ => throw Failure(FailureKind.Unavailable));
        var outcomes = await CommitAsync(warehouse, 1);

        Assert.IsType<WarehouseUnavailableException>(outcomes[Some.Id(0)].Failure);
        Assert.Equal(4, warehouse.Batches.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Once_unknown_stays_unknown_until_the_ledger_answers(int unknown)
    {
        var tries = 0;
        var outcomes = await CommitAsync(
            new FakeWarehouse(_ => throw Failure(tries++ < unknown ? FailureKind.Unknown : FailureKind.Unavailable)), 1);

        Assert.IsType<OutcomeUnknownException>(outcomes[Some.Id(0)].Failure);
    }

    [Fact]
    public async Task A_lost_turn_is_not_tried_again_here()
    {
        var warehouse = new FakeWarehouse(_ => throw Failure(FailureKind.TurnLost));
        var outcomes = await CommitAsync(warehouse, 1);

        Assert.IsType<TableMovedException>(outcomes[Some.Id(0)].Failure);
        Assert.Single(warehouse.Batches);
    }

    [Fact]
    public async Task Whoever_lost_the_turn_between_two_tries_does_not_begin_the_second()
    {
        var warehouse = new FakeWarehouse(_ => throw Failure(FailureKind.Unavailable));
        var outcomes = await CommitAsync(warehouse, 1, mayCommit: () => warehouse.Batches.Count == 0);

        Assert.IsType<TableMovedException>(outcomes[Some.Id(0)].Failure);
        Assert.Single(warehouse.Batches);
    }

    [Fact]
    public async Task A_failure_that_is_not_about_rows_is_reported_once_after_the_last_try()
    {
        await CommitAsync(new FakeWarehouse(_ => throw Failure(FailureKind.Unavailable)), 2);
        Assert.Equal([FailureKind.Unavailable], GivenUp);
        Assert.Equal(3, Retries.Count);
    }

    [Fact]
    public async Task A_rejection_and_a_batch_that_wrote_nothing_are_reported_neither_as_given_up_nor_as_committed()
    {
        await CommitAsync(new FakeWarehouse(_ => throw Failure(FailureKind.Rejected)), 2);
        var other = Guid.NewGuid();
        await CommitAsync(new FakeWarehouse(batch =>
            new BatchResult(Now, batch.Intents.ToDictionary(static i => i.Id, i => Known(i.Id, other)))), 2);
        Assert.Empty(GivenUp);
        Assert.Equal(0, Commits);
    }

    [Fact]
    public async Task After_a_lost_connection_and_a_commit_the_next_batch_is_asked_no_more_than_before()
    {
        var left = 1;
        var warehouse = new FakeWarehouse(_ =>
            left-- > 0 ? throw new WarehouseException(FailureKind.Unavailable, "lost") { Cause = FailureCause.Connection } : Done());
        var (committer, asked) = (Committer(warehouse), 0);
        await committer.CommitAsync(Batch(1, mayRetry: () => ++asked > 0), CancellationToken.None);
        Assert.Equal(1, asked);
        await committer.CommitAsync(Batch(1, mayRetry: () => ++asked > 0), CancellationToken.None);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_lost_connection_is_remembered_through_a_conflict_and_by_the_next_batch()
    {
        FailureCause[] causes = [FailureCause.Connection, FailureCause.Conflict];
        var tries = 0;
        var warehouse = new FakeWarehouse(_ => tries < causes.Length
            ? throw new WarehouseException(FailureKind.Conflict, "x") { Cause = causes[tries++] }
            : Done());
        var asked = 0;
        await CommitAsync(warehouse, 1, mayRetry: () => ++asked > 0);
        Assert.Equal(2, asked);

        (tries, asked) = (0, 0);
        var committer = Committer(warehouse, maxRetries: 1);
        await committer.CommitAsync(Batch(1, mayRetry: () => ++asked > 0), CancellationToken.None);
        Assert.Equal(1, asked);
        var next = await committer.CommitAsync(Batch(1, mayRetry: () => ++asked > 0), CancellationToken.None);
        Assert.Equal(2, asked);
        Assert.Equal(WriteStatus.Committed, next[Some.Id(0)].Receipt!.Status);
    }

    [Fact]
    public async Task Once_unknown_and_then_rejected_is_rejected_because_the_ledger_was_asked_in_that_transaction()
    {
        var tries = 0;
        var outcomes = await CommitAsync(
            new FakeWarehouse(_ => throw Failure(tries++ == 0 ? FailureKind.Unknown : FailureKind.Rejected)), 1);
        Assert.Equal(WriteStatus.Rejected, outcomes[Some.Id(0)].Receipt!.Status);
    }

    [Fact]
    public async Task An_earlier_try_that_did_commit_gives_its_own_time()
    {
        var earlier = Now - TimeSpan.FromSeconds(9);
        var outcomes = await CommitAsync(new FakeWarehouse(batch => new BatchResult(Now, batch.Intents.ToDictionary(
            static i => i.Id, i => new KnownRange(
                new SequenceRange(i.Id.Origin, i.Id.Sequence, i.Id.Sequence, 1), new LedgerEntry(batch.BatchId, earlier))))), 1);
        Assert.Equal(
            (WriteStatus.Committed, earlier), (outcomes[Some.Id(0)].Receipt!.Status, outcomes[Some.Id(0)].Receipt!.CommittedAt));
    }

    [Fact]
    public async Task A_committed_receipt_has_the_rows_the_time_and_the_batch()
    {
        var warehouse = new FakeWarehouse(_ => Done());
        var receipt = (await CommitAsync(warehouse, 1))[Some.Id(0)].Receipt!;
        Assert.Equal((1L, Now, warehouse.Batches[0].BatchId), (receipt.Rows, receipt.CommittedAt, receipt.BatchId));
    }

    [Fact]
    public async Task Other_content_under_a_known_id_is_refused_and_says_what_is_committed()
    {
        var (first, content) = (Guid.NewGuid(), Guid.NewGuid());
        var warehouse = new FakeWarehouse(batch => new BatchResult(
            Now, batch.Intents.ToDictionary(static i => i.Id, i =>
                new KnownRange(new SequenceRange(i.Id.Origin, i.Id.Sequence, i.Id.Sequence, 7, content), new LedgerEntry(first, Now)))));
        InsertIntent[] intents = [With(Some.Insert(0), content), With(Some.Insert(1), Guid.NewGuid()), Some.Insert(2)];
        var outcomes = await Committer(warehouse).CommitAsync(Batch(0) with { Intents = intents }, CancellationToken.None);

        Assert.Equal((WriteStatus.AlreadyCommitted, 7L), (outcomes[Some.Id(0)].Receipt!.Status, outcomes[Some.Id(0)].Receipt!.Rows));
        Assert.Equal(WriteStatus.AlreadyCommitted, outcomes[Some.Id(2)].Receipt!.Status);
        var refused = outcomes[Some.Id(1)].Receipt!;
        Assert.Equal((WriteStatus.Rejected, Now, first), (refused.Status, refused.CommittedAt, refused.BatchId));
        Assert.Contains("2026-01-02 03:04:05.000000Z", refused.Errors[0].Reason, StringComparison.Ordinal);

        static InsertIntent With(InsertIntent intent, Guid content) =>
            new() { Id = intent.Id, Table = intent.Table, Rows = intent.Rows, ContentHash = content };
    }
}
