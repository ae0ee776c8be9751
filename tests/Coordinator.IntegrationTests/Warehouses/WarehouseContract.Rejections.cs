using Coordinator.Core.Committing;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.IntegrationTests.Warehouses;

public abstract partial class WarehouseContract
{
    [Fact]
    public async Task A_row_that_the_warehouse_refuses_is_rejected_and_leaves_nothing()
    {
        var schema = await OpenEventsAsync(extra: ", CHECK (id < 100)");
        var failure = await FailsAsync(FailureKind.Rejected, () => Warehouse.CommitAsync(
            Batch(schema, Intent(Events, NewId(), EventRows(3)), Intent(Events, NewId(), EventRows(1, first: 123456))), Token));
        Assert.DoesNotContain("123456", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM events"));
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM {LedgerOf(Events)}"));
    }

    [Fact]
    public async Task The_rejected_rows_of_a_batch_cost_no_other_row()
    {
        var schema = await OpenEventsAsync(extra: ", CHECK (id % 10 <> 5)");
        var origin = Guid.NewGuid();
        await Warehouse.CommitAsync(Batch(schema, Intents(Events, origin, 3)), Token);
        await AssertOnlyRejectedAsync(schema, Intents(Events, origin, 100), [5, 15, 25, 35, 45, 55, 65, 75, 85, 95], already: 3);
        Assert.Equal(90, await CountAsync("SELECT count(DISTINCT id) FROM events WHERE name = 'event ' || id"));
        Assert.Equal(90, await CountAsync("SELECT count(*) FROM events"));
        Assert.Equal(90, await CountAsync($"SELECT sum(rows) FROM {LedgerOf(Events)}"));
    }

    [Fact]
    public async Task A_batch_of_rejected_rows_alone_leaves_nothing()
    {
        var schema = await OpenEventsAsync(extra: ", CHECK (id < 0)");
        await AssertOnlyRejectedAsync(schema, Intents(Events, Guid.NewGuid(), 40), [.. Enumerable.Range(0, 40)], already: 0);
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM events"));
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM {LedgerOf(Events)}"));
    }

    /// <summary>Commits through the committer, as a table's grain does.</summary>
    private async Task AssertOnlyRejectedAsync(TableSchema schema, InsertIntent[] intents, int[] rejected, int already)
    {
        var retry = new TableRetry(new RetryOptions(), TimeProvider.System, new Random(1));
        var committer = new BatchCommitter(
            Warehouse, token => Warehouse.OpenAsync(schema.Table, token), retry, TimeProvider.System, new NoCommitObserver());
        foreach (var leavesOut in (bool[])[false, true])
        {
            var outcomes = await committer.CommitAsync(Batch(schema, intents) with { LeavesOutRejected = leavesOut }, Token);
            var byStatus = outcomes.Values.ToLookup(static outcome => outcome.Receipt!.Status, static outcome => outcome.Receipt!);
            Assert.Equal(rejected, byStatus[WriteStatus.Rejected].Select(static receipt => (int)receipt.Id.Sequence).Order());
            Assert.All(byStatus[WriteStatus.Rejected], static receipt => Assert.NotEmpty(receipt.Errors));
            Assert.Equal(leavesOut ? 0 : intents.Length - rejected.Length - already, byStatus[WriteStatus.Committed].Count());
            Assert.Equal(leavesOut ? intents.Length - rejected.Length : already, byStatus[WriteStatus.AlreadyCommitted].Count());
        }
    }
}
