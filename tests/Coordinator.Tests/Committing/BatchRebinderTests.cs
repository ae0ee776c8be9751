using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Receipts;

namespace Coordinator.Tests.Committing;

/// <summary>Batches whose table changed after their rows were bound.</summary>
public sealed class BatchRebinderTests : BatchCommitterTestBase
{
    [Fact]
    public async Task A_table_that_changed_is_read_again_and_what_fits_goes_on_in_the_same_call()
    {
        var now = SchemaOf(WarehouseType.Text, "now");
        var warehouse = new FakeWarehouse(batch => batch.Schema.Fingerprint == "now" ? Done() : throw Failure(FailureKind.SchemaChanged));
        var outcomes = await CommitAsync(warehouse, 3, readSchema: () => Task.FromResult(now));

        Assert.All(outcomes.Values, static o => Assert.Equal(WriteStatus.Committed, o.Receipt!.Status));
        Assert.Equal(2, warehouse.Batches.Count);
        Assert.Equal("0", warehouse.Batches[1].Intents[1].Rows.Column(0).Text(0));
        Assert.Empty(Retries);
    }

    [Fact]
    public async Task What_does_not_fit_the_changed_table_is_rejected_by_row_and_column_unless_the_ledger_has_it()
    {
        var now = SchemaOf(WarehouseType.Uuid, "now");
        var warehouse = new FakeWarehouse(static _ => throw Failure(FailureKind.SchemaChanged));
        warehouse.Known.Add(Known(Some.Id(1), Guid.NewGuid()));
        var outcomes = await CommitAsync(warehouse, 3, readSchema: () => Task.FromResult(now));

        Assert.Equal([WriteStatus.Rejected, WriteStatus.AlreadyCommitted, WriteStatus.Rejected], outcomes.OrderBy(static o => o.Key.Sequence)
            .Select(static o => o.Value.Receipt!.Status));
        Assert.Equal("id", outcomes[Some.Id(0)].Receipt!.Errors[0].Column);
        Assert.Single(warehouse.Batches);
    }

    [Fact]
    public async Task A_table_that_is_gone_rejects_the_whole_batch_at_once()
    {
        var warehouse = new FakeWarehouse(static _ => throw Failure(FailureKind.SchemaChanged));
        var outcomes = await CommitAsync(warehouse, 500, readSchema: static () =>
            Task.FromException<TableSchema>(new WarehouseException(FailureKind.Rejected, "There is no table.")));

        Assert.All(outcomes.Values, static o => Assert.Equal(WriteStatus.Rejected, o.Receipt!.Status));
        Assert.Single(warehouse.Batches);
    }

    [Fact]
    public async Task A_table_that_is_gone_gives_its_reason_and_asks_the_ledger_before_it_rejects()
    {
        var warehouse = new FakeWarehouse(static _ => throw Failure(FailureKind.SchemaChanged));
        warehouse.Known.Add(Known(Some.Id(1), Guid.NewGuid()));
        var outcomes = await CommitAsync(warehouse, 2, readSchema: static () =>
            Task.FromException<TableSchema>(new WarehouseException(FailureKind.Rejected, "There is no table.")));

        Assert.Equal("There is no table.", outcomes[Some.Id(0)].Receipt!.Errors[0].Reason);
        Assert.Equal(WriteStatus.AlreadyCommitted, outcomes[Some.Id(1)].Receipt!.Status);
    }

    [Fact]
    public async Task A_schema_that_cannot_be_read_for_another_reason_rejects_no_intent()
    {
        var warehouse = new FakeWarehouse(static _ => throw Failure(FailureKind.SchemaChanged));
        var outcomes = await CommitAsync(warehouse, 2, readSchema: static () =>
            Task.FromException<TableSchema>(new WarehouseException(FailureKind.Unavailable, "connection refused")));

        Assert.All(outcomes.Values, static o => Assert.IsType<WarehouseUnavailableException>(o.Failure));
        Assert.Equal([FailureKind.Unavailable], GivenUp);
    }

    [Fact]
    public async Task The_bound_batch_has_the_schema_that_was_read_and_is_mixed_no_more()
    {
        var now = SchemaOf(WarehouseType.Text, "now");
        var warehouse = new FakeWarehouse(static _ => Done());
        await CommitAsync(warehouse, 2, readSchema: () => Task.FromResult(now), isMixed: true);

        var bound = Assert.Single(warehouse.Batches);
        Assert.Same(now, bound.Schema);
        Assert.False(bound.IsMixed);
        Assert.Equal([Some.Id(0), Some.Id(1)], bound.Intents.Select(static i => i.Id));
    }

    [Fact]
    public async Task A_table_that_never_stops_changing_gives_a_typed_answer()
    {
        var warehouse = new FakeWarehouse(static _ => throw Failure(FailureKind.SchemaChanged));
        var outcomes = await CommitAsync(warehouse, 1, readSchema: static () => Task.FromResult(SchemaOf(WarehouseType.Text, "now")));

        Assert.IsType<WarehouseUnavailableException>(outcomes[Some.Id(0)].Failure);
        Assert.Equal(6, warehouse.Batches.Count);
    }

    [Fact]
    public async Task Intents_that_were_bound_to_different_tables_are_bound_again_first()
    {
        var warehouse = new FakeWarehouse(static _ => Done());
        await CommitAsync(warehouse, 2, readSchema: static () => Task.FromResult(SchemaOf(WarehouseType.Text, "now")), isMixed: true);

        Assert.Equal("now", Assert.Single(warehouse.Batches).Schema.Fingerprint);
    }
}
