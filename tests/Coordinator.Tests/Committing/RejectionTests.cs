using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Tests.Committing;

/// <summary>What the warehouse rejects, and what it costs the others.</summary>
public sealed class RejectionTests : BatchCommitterTestBase
{
    [Fact]
    public async Task A_bad_row_rejects_its_own_intent_and_no_other()
    {
        var warehouse = new FakeWarehouse(batch => batch.Intents.Any(static i => i.Id.Sequence == 5) ? throw Failure(FailureKind.Rejected) : Done());

        var outcomes = await CommitAsync(warehouse, 16);

        Assert.Equal([5], outcomes.Where(static o => o.Value.Receipt!.Status == WriteStatus.Rejected).Select(static o => o.Key.Sequence));
        Assert.Equal(15, outcomes.Count(static o => o.Value.Receipt!.Status == WriteStatus.Committed));
        Assert.Equal(15, Committed);
        // Halving from 16 to one: four refusals on the way, the refused intent itself, and its neighbours.
        Assert.True(warehouse.Batches.Count <= 9, $"{warehouse.Batches.Count} transactions");
        Assert.Equal(warehouse.Batches.Count, warehouse.Batches.Select(static b => b.BatchId).Distinct().Count());
    }

    [Fact]
    public async Task What_the_warehouse_names_is_left_out_and_the_others_need_one_more_transaction()
    {
        var warehouse = new FakeWarehouse(batch => batch.Intents.Any(static i => i.Id.Sequence == 5) ? throw Named(5) : Done());

        var outcomes = await CommitAsync(warehouse, 16);

        AssertRejected(outcomes, 5);
        Assert.Equal(new RowError(1, "", "scripted"), Assert.Single(outcomes[Some.Id(5)].Receipt!.Errors));
        Assert.Equal([16, 15], warehouse.Batches.Select(static b => b.Intents.Count));
        Assert.Equal([false, true], warehouse.Batches.Select(static b => b.LeavesOutRejected));
        Assert.Equal(2, warehouse.Batches.Select(static b => b.BatchId).Distinct().Count());
    }

    [Fact]
    public async Task What_the_warehouse_leaves_out_itself_is_rejected_and_the_others_are_committed()
    {
        var warehouse = new FakeWarehouse(static batch => batch.LeavesOutRejected
            ? Done() with { Rejected = [.. batch.Intents.Where(static i => i.Id.Sequence % 4 == 1).Select(static i => Named(i.Id.Sequence))] }
            : throw Named(1));

        var outcomes = await CommitAsync(warehouse, 16);

        AssertRejected(outcomes, 1, 5, 9, 13);
        Assert.Equal(12, Committed);
        Assert.Equal(2, warehouse.Batches.Count);
    }

    [Fact]
    public async Task With_many_named_intents_the_batch_is_halved()
    {
        var warehouse = new FakeWarehouse(static batch =>
            batch.Intents.FirstOrDefault(static i => i.Id.Sequence % 2 == 1) is { } bad ? throw Named(bad.Id.Sequence) : Done());

        var outcomes = await CommitAsync(warehouse, 64);

        AssertRejected(outcomes, [.. Enumerable.Range(0, 32).Select(static i => 2L * i + 1)]);
        Assert.Equal(32, Committed);
        // Four are left out of each batch before it is halved.
        Assert.Equal([64, 63, 62, 61, 60, 30], warehouse.Batches.Take(6).Select(static b => b.Intents.Count));
    }

    [Fact]
    public async Task A_refusal_of_the_statement_rejects_all_of_its_intents_at_once_and_asks_the_ledger()
    {
        var warehouse = new FakeWarehouse(static _ => throw OfStatement()) { Known = { Known(Some.Id(3), Guid.NewGuid()) } };

        var outcomes = await CommitAsync(warehouse, 500, schema: SchemaOf(WarehouseType.Int64, "1"));

        Assert.Single(warehouse.Batches);
        Assert.Equal(WriteStatus.AlreadyCommitted, outcomes[Some.Id(3)].Receipt!.Status);
        Assert.Equal(499, outcomes.Count(static o => o.Value.Receipt!.Status == WriteStatus.Rejected));
    }

    [Fact]
    public async Task A_refusal_of_the_statement_rejects_a_single_intent_after_the_ledger_too()
    {
        var warehouse = new FakeWarehouse(static _ => throw OfStatement()) { Known = { Known(Some.Id(0), Guid.NewGuid()) } };
        var outcomes = await CommitAsync(warehouse, 1);
        Assert.Equal(WriteStatus.AlreadyCommitted, outcomes[Some.Id(0)].Receipt!.Status);
    }

    [Fact]
    public async Task A_row_that_is_rejected_for_another_one_is_not_left_out_but_halved_to()
    {
        // Of two equal keys the second is named; once the first is out, it fits.
        var warehouse = new FakeWarehouse(static batch =>
            batch.Intents.Any(static i => i.Id.Sequence == 0) ? throw Failure(FailureKind.Rejected).InRow((Some.Id(1), 1)) : Done());
        AssertRejected(await CommitAsync(warehouse, 4), 0);
    }

    [Fact]
    public async Task A_refusal_of_one_of_several_statements_rejects_the_rows_of_that_one()
    {
        var schema = new TableSchema(Some.Table, [Column("id"), Column("other")]);
        var warehouse = new FakeWarehouse(static batch =>
            batch.Intents.Any(static i => i.Rows.Schema.Names[0] == "other") ? throw OfStatement() : Done());

        var batch = Batch(4) with { Schema = schema };
        batch = batch with { Intents = [.. batch.Intents, Some.Insert(4, column: "other"), Some.Insert(5, column: "other")] };
        var outcomes = await Committer(warehouse).CommitAsync(batch, default);

        AssertRejected(outcomes, 4, 5);
        Assert.Equal(4, Committed);
    }

    private static WarehouseException Named(long sequence) =>
        new WarehouseException(FailureKind.Rejected, "scripted") { IsOfRow = true }.InRow((Some.Id(sequence), 1));

    private static WarehouseException OfStatement() => new(FailureKind.Rejected, "no such right") { IsOfStatement = true };

    private static WarehouseColumn Column(string name) => new() { Name = name, Type = WarehouseType.Int64, TypeName = "bigint" };

    private static void AssertRejected(IReadOnlyDictionary<IntentId, IntentOutcome> outcomes, params long[] sequences)
    {
        var byStatus = outcomes.ToLookup(static o => o.Value.Receipt!.Status, static o => o.Key.Sequence);
        Assert.Equal(sequences, byStatus[WriteStatus.Rejected].Order());
        Assert.Equal(outcomes.Count - sequences.Length, byStatus[WriteStatus.Committed].Count());
    }
}
