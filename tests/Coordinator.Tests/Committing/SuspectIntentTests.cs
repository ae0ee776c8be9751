using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Tests.Committing;

/// <summary>Rows that the warehouse refuses with an internal error in words that no rule knows.</summary>
public sealed class SuspectIntentTests : BatchCommitterTestBase
{
    [Theory]
    [InlineData(FailureKind.Unavailable)]
    [InlineData(FailureKind.Unknown)]
    public async Task One_such_row_is_found_by_halving_and_rejected_with_the_servers_words_and_the_others_commit(FailureKind kind)
    {
        var warehouse = new FakeWarehouse(batch => batch.Intents.Any(static i => i.Id.Sequence == 5) ? throw Unexplained(kind) : Done());
        var outcomes = await CommitAsync(warehouse, 16);

        Assert.Equal(WriteStatus.Rejected, outcomes[Some.Id(5)].Receipt!.Status);
        Assert.Equal("Assert", Assert.Single(outcomes[Some.Id(5)].Receipt!.Errors).Reason);
        Assert.Equal(15, outcomes.Count(static o => o.Value.Receipt!.Status == WriteStatus.Committed));
        // Four halvings, their other halves, and the row alone three times.
        Assert.Equal(11, warehouse.Batches.Count);
        Assert.Equal(2, Retries.Count);
        Assert.Empty(GivenUp);
    }

    [Fact]
    public async Task Such_an_intent_that_the_ledger_has_is_committed_already()
    {
        var warehouse = new FakeWarehouse(batch =>
            batch.Intents.Any(static i => i.Id.Sequence == 0) ? throw Unexplained(FailureKind.Unknown) : Done());
        warehouse.Known.Add(Known(Some.Id(0), Guid.NewGuid()));
        Assert.Equal(WriteStatus.AlreadyCommitted, (await CommitAsync(warehouse, 2))[Some.Id(0)].Receipt!.Status);
    }

    [Fact]
    public async Task A_warehouse_that_answers_everything_so_is_at_fault_itself_and_is_not_asked_for_every_intent()
    {
        var warehouse = new FakeWarehouse(_ => throw Unexplained(FailureKind.Unavailable));
        var outcomes = await CommitAsync(warehouse, 1000);

        Assert.Equal(1000, outcomes.Count);
        Assert.All(outcomes.Values, static o => Assert.IsType<WarehouseUnavailableException>(o.Failure));
        Assert.True(warehouse.Batches.Count < 100, $"{warehouse.Batches.Count} transactions");
    }

    [Fact]
    public async Task An_intent_alone_is_not_rejected_because_nothing_shows_that_the_warehouse_works()
    {
        var outcomes = await CommitAsync(new FakeWarehouse(_ => throw Unexplained(FailureKind.Unavailable)), 1);
        var failure = Assert.IsType<WarehouseUnavailableException>(outcomes[Some.Id(0)].Failure);
        Assert.Contains("Assert", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_internal_error_that_passes_is_retried()
    {
        var left = 2;
        var outcomes = await CommitAsync(new FakeWarehouse(_ => left-- > 0 ? throw Unexplained(FailureKind.Unavailable) : Done()), 1);
        Assert.Equal(WriteStatus.Committed, outcomes[Some.Id(0)].Receipt!.Status);
    }

    [Fact]
    public async Task A_warehouse_that_writes_nothing_rejects_no_row_because_another_was_known()
    {
        var other = Guid.NewGuid();
        var warehouse = new FakeWarehouse(batch => batch.Intents.All(static i => i.Id.Sequence == 0)
            ? new BatchResult(Now, new Dictionary<IntentId, KnownRange> { [batch.Intents[0].Id] = Known(batch.Intents[0].Id, other) })
            : throw Unexplained(FailureKind.Unknown));
        var outcomes = await CommitAsync(warehouse, 8);
        Assert.All(Enumerable.Range(1, 7), i => Assert.Null(outcomes[Some.Id(i)].Receipt));
    }

    [Fact]
    public async Task A_warehouse_that_fails_after_the_first_half_rejects_no_row()
    {
        var committed = false;
        var warehouse = new FakeWarehouse(batch =>
        {
            if (batch.Intents.Any(static i => i.Id.Sequence == 1)) throw new WarehouseException(FailureKind.Rejected, "bad");
            if (committed || batch.Intents.Count > 1) throw Unexplained(FailureKind.Unknown);
            committed = true;
            return Done();
        });
        var outcomes = await CommitAsync(warehouse, 16);
        Assert.DoesNotContain(outcomes, o => o.Key.Sequence > 1 && o.Value.Receipt?.Status == WriteStatus.Rejected);
    }

    [Fact]
    public async Task An_internal_error_that_is_not_about_the_rows_is_never_the_callers_fault()
    {
        var warehouse = new FakeWarehouse(batch => batch.Intents.Any(static i => i.Id.Sequence == 1)
            ? throw new WarehouseException(FailureKind.Unavailable, "Assert") { Cause = FailureCause.Internal }
            : Done());
        var outcomes = await CommitAsync(warehouse, 2);
        Assert.All(outcomes.Values, static o => Assert.IsType<WarehouseUnavailableException>(o.Failure));
    }

    [Fact]
    public async Task An_intent_whose_commit_was_cut_off_is_not_rejected()
    {
        var tries = 0;
        var warehouse = new FakeWarehouse(batch =>
        {
            if (batch.Intents.Count > 1) throw Unexplained(FailureKind.Unavailable);
            if (batch.Intents[0].Id.Sequence == 0) return Done();
            throw tries++ == 0
                ? new WarehouseException(FailureKind.Unknown, "cut off at COMMIT") { Cause = FailureCause.UnknownOutcome }
                : Unexplained(FailureKind.Unavailable);
        });
        var outcomes = await CommitAsync(warehouse, 2);
        Assert.Null(outcomes[Some.Id(1)].Receipt);
    }

    private static WarehouseException Unexplained(FailureKind kind) => new(kind, "Assert") { Cause = FailureCause.UnexplainedRefusal };
}
