using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.IntegrationTests.Warehouses;

public abstract partial class WarehouseContract
{
    [Fact]
    public async Task It_can_be_checked() => await Warehouse.CheckAsync(Token);

    [Fact]
    public async Task Opening_reads_the_columns_and_may_be_repeated()
    {
        await OpenEventsAsync();
        var schema = await Warehouse.OpenAsync(Events, Token);
        Assert.Equal(["id", "name"], schema.Columns.Select(c => c.Name));
        Assert.False(schema.Find("id")!.IsNullable);
        Assert.Equal(WarehouseType.Int64, schema.Find("id")!.Type);
        Assert.Equal(WarehouseType.Text, schema.Find("name")!.Type);
    }

    [Fact]
    public async Task Opening_at_the_same_time_from_many_sides_succeeds()
    {
        await RunAsync("CREATE TABLE events (id bigint)");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Warehouse.OpenAsync(Events, Token))));
    }

    [Fact]
    public async Task An_unknown_table_is_rejected_with_a_near_miss()
    {
        await RunAsync("CREATE TABLE events (id bigint)");
        var failure = await FailsAsync(FailureKind.Rejected, () => Warehouse.OpenAsync(TableName.Parse("evnts"), Token));
        Assert.Contains("public.evnts", failure.Message, StringComparison.Ordinal);
        Assert.Contains("public.events", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Committed_rows_are_there_with_their_ledger_row()
    {
        var schema = await OpenEventsAsync();
        var batch = Batch(schema, Intent(Events, NewId(), EventRows(3)));
        var result = await Warehouse.CommitAsync(batch, Token);
        Assert.Empty(result.Already);
        Assert.Equal(TimeSpan.Zero, result.CommittedAt.Offset);
        Assert.Equal(3, await CountAsync("SELECT count(*) FROM events WHERE name = 'event ' || id"));
        Assert.Equal(1, await CountAsync(
            $"SELECT count(*) FROM {LedgerOf(Events)} WHERE rows = 3 AND activation = 'activation1' AND batch_id = '{batch.BatchId}'"));
    }

    [Fact]
    public async Task The_same_batch_again_writes_nothing_and_says_where_it_is()
    {
        var schema = await OpenEventsAsync();
        var batch = Batch(schema, Intents(Events, Guid.NewGuid(), 5));
        var first = await Warehouse.CommitAsync(batch, Token);
        var second = await Warehouse.CommitAsync(batch with { BatchId = Guid.NewGuid() }, Token);
        Assert.Equal(5, second.Already.Count);
        Assert.All(second.Already.Values, known => Assert.Equal(batch.BatchId, known.Entry.BatchId));
        Assert.All(second.Already.Values, known => Assert.Equal(first.CommittedAt, known.Entry.CommittedAt));
        Assert.Equal(5, await CountAsync("SELECT count(*) FROM events"));
        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM {LedgerOf(Events)}"));
    }

    [Fact]
    public async Task A_batch_that_overlaps_earlier_ones_writes_only_what_is_new()
    {
        var schema = await OpenEventsAsync();
        var origin = Guid.NewGuid();
        await Warehouse.CommitAsync(Batch(schema, Intents(Events, origin, 10, first: 10)), Token);
        await Warehouse.CommitAsync(Batch(schema, Intents(Events, origin, 5, first: 30)), Token);
        var result = await Warehouse.CommitAsync(
            Batch(schema, [.. Intents(Events, origin, 40), .. Intents(Events, Guid.NewGuid(), 1, first: 15)]), Token);
        Assert.Equal([.. Enumerable.Range(10, 10), .. Enumerable.Range(30, 5)], result.Already.Keys.Select(id => (int)id.Sequence).Order());
        Assert.Equal(41, await CountAsync("SELECT count(*) FROM events"));
        Assert.Equal(40, await CountAsync("SELECT count(DISTINCT id) FROM events"));
    }

    [Fact]
    public async Task A_thousand_intents_of_one_writer_are_one_ledger_row()
    {
        var schema = await OpenEventsAsync();
        await Warehouse.CommitAsync(Batch(schema, Intents(Events, Guid.NewGuid(), 1000)), Token);
        Assert.Equal(1000, await CountAsync("SELECT count(*) FROM events"));
        Assert.Equal(1, await CountAsync(
            $"SELECT count(*) FROM {LedgerOf(Events)} WHERE first_sequence = 0 AND last_sequence = 999 AND rows = 1000"));
    }

    [Fact]
    public async Task Columns_may_come_in_any_order_and_be_left_out()
    {
        await RunAsync("CREATE TABLE events (id bigint, name varchar(40), note varchar(10) DEFAULT 'none' NOT NULL, other bigint)");
        var schema = await Warehouse.OpenAsync(Events, Token);
        var rows = new RowBlockBuilder(new RowSchema(("name", ColumnType.Text), ("id", ColumnType.Int64)));
        rows[0].Append("a");
        rows[1].Append(7L);
        await Warehouse.CommitAsync(Batch(schema, Intent(Events, NewId(), rows.Build())), Token);
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM events WHERE id = 7 AND name = 'a' AND note = 'none' AND other IS NULL"));
    }

    [Fact]
    public async Task Unusual_names_are_quoted()
    {
        await RunAsync(""""CREATE SCHEMA "Odd Schema"; CREATE TABLE "Odd Schema"."select ""from""" ("group by" bigint, "Ünïcode'" varchar)"""");
        var table = new TableName("Odd Schema", "select \"from\"");
        var schema = await Warehouse.OpenAsync(table, Token);
        var rows = new RowBlockBuilder(new RowSchema(("group by", ColumnType.Int64), ("Ünïcode'", ColumnType.Text)));
        rows[0].Append(1L);
        rows[1].Append("x");
        var intent = Intent(table, NewId(), rows.Build());
        await Warehouse.CommitAsync(Batch(schema, intent), Token);
        Assert.Equal(1, await CountAsync(""""SELECT count(*) FROM "Odd Schema"."select ""from""" """"));
        Assert.Equal(table, (await Search.FindAsync(intent.Id, Token))!.Table);
    }

    [Fact]
    public async Task Without_the_turn_nothing_is_committed()
    {
        var schema = await OpenEventsAsync();
        var batch = Batch(schema, Intent(Events, NewId(), EventRows(3)));
        await FailsAsync(FailureKind.TurnLost, () =>
            Warehouse.CommitAsync(batch with { MayCommit = static _ => ValueTask.FromResult(false) }, Token));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM events"));
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM {LedgerOf(Events)}"));
        await Warehouse.CommitAsync(batch, Token);
        Assert.Equal(3, await CountAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task A_cancelled_batch_leaves_nothing()
    {
        var schema = await OpenEventsAsync();
        using var cancelled = new CancellationTokenSource();
        var batch = Batch(schema, Intent(Events, NewId(), EventRows(3))) with
        {
            MayCommit = async _ =>
            {
                await cancelled.CancelAsync();
                return true;
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Warehouse.CommitAsync(batch, cancelled.Token));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Two_overlapping_transactions_of_one_table_conflict_though_they_share_no_intent()
    {
        var schema = await OpenEventsAsync();
        var gate = new CommitGate();
        var first = Warehouse.CommitAsync(Batch(schema, Intent(Events, NewId(), EventRows())) with { MayCommit = gate.Check }, Token);
        await gate.Reached;
        var second = Batch(schema, Intent(Events, NewId(), EventRows(1, first: 1))) with { Activation = new("activation2") };
        var failure = await FailsAsync(FailureKind.Conflict, () => Warehouse.CommitAsync(second, Token));
        Assert.True(failure.IsOverlap);
        gate.Open();
        await first;
        await Warehouse.CommitAsync(second, Token);
        Assert.Equal(2, await CountAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Overlapping_transactions_of_two_tables_do_not_meet()
    {
        var events = await OpenEventsAsync();
        var others = await OpenEventsAsync("others");
        var gate = new CommitGate();
        var first = Warehouse.CommitAsync(Batch(events, Intent(Events, NewId(), EventRows())) with { MayCommit = gate.Check }, Token);
        await gate.Reached;
        await Warehouse.CommitAsync(Batch(others, Intent(others.Table, NewId(), EventRows())), Token);
        gate.Open();
        await first;
        Assert.Equal(2, await CountAsync("SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM others)"));
    }

    [Fact]
    public async Task A_reader_does_not_wait_for_an_open_transaction()
    {
        var schema = await OpenEventsAsync();
        var gate = new CommitGate();
        var writing = Warehouse.CommitAsync(Batch(schema, Intent(Events, NewId(), EventRows())) with { MayCommit = gate.Check }, Token);
        await gate.Reached;
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM events"));
        gate.Open();
        await writing;
    }

    [Fact]
    public async Task A_committed_intent_is_found_in_its_ledger()
    {
        var schema = await OpenEventsAsync();
        await OpenEventsAsync("others");
        var origin = Guid.NewGuid();
        var alone = Batch(schema, Intent(Events, NewId(), EventRows(3)));
        var result = await Warehouse.CommitAsync(alone, Token);
        var many = Batch(schema, Intents(Events, origin, 10, first: 5));
        await Warehouse.CommitAsync(many, Token);

        var found = await Search.FindAsync(alone.Intents[0].Id, Token);
        Assert.Equal(Events, found!.Table);
        Assert.Equal(WriteStatus.AlreadyCommitted, found.Receipt.Status);
        Assert.Equal(3, found.Receipt.Rows);
        Assert.Equal(alone.BatchId, found.Receipt.BatchId);
        Assert.Equal(result.CommittedAt, found.Receipt.CommittedAt);
        Assert.Equal(many.BatchId, (await Search.FindAsync(new IntentId(origin, 14), Token))!.Receipt.BatchId);
        Assert.Null(await Search.FindAsync(new IntentId(origin, 4), Token));
        Assert.Null(await Search.FindAsync(new IntentId(origin, 15), Token));
        Assert.Null(await Search.FindAsync(NewId(), Token));
    }

    [Fact]
    public async Task A_name_too_long_for_its_ledger_is_found_whole()
    {
        var name = new string('x', 55);
        var schema = await OpenEventsAsync(name);
        var intent = Intent(schema.Table, NewId(), EventRows());
        await Warehouse.CommitAsync(Batch(schema, intent), Token);
        Assert.Equal(schema.Table, (await Search.FindAsync(intent.Id, Token))!.Table);
    }

    [Fact]
    public async Task Nothing_is_found_in_an_empty_warehouse() => Assert.Null(await Search.FindAsync(NewId(), Token));
}
