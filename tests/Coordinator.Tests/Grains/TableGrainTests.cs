using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.Tests.Binding;

namespace Coordinator.Tests.Grains;

/// <summary>The grain of a table, in a silo over a fake warehouse.</summary>
public sealed class TableGrainTests : IClassFixture<GrainSilo>
{
    private readonly TableName _table = TableName.Parse("public.t" + Guid.NewGuid().ToString("N"));
    private readonly GrainSilo _silo;
    private readonly ITableGrain _grain;

    public TableGrainTests(GrainSilo silo)
    {
        _silo = silo;
        _grain = silo.Grains.GetGrain<ITableGrain>(_table.ToString());
        silo.Warehouse.Batches.Clear();
        silo.Warehouse.Known.Clear();
        silo.Warehouse.Gate = Task.CompletedTask;
        silo.Warehouse.OnOpen = static table => Task.FromResult(new TableSchema(table, [Block.Target(WarehouseType.Int64)], "1"));
    }

    [Fact]
    public async Task An_intent_is_answered_after_its_commit_and_is_committed_already_from_then_on()
    {
        var receipt = await _grain.SubmitAsync(Insert(0));
        var batch = Assert.Single(_silo.Warehouse.Batches);
        Assert.Equal((WriteStatus.Committed, batch.BatchId), (receipt.Status, receipt.BatchId));
        Assert.Equal(WriteStatus.AlreadyCommitted, (await _grain.SubmitAsync(Insert(0))).Status);
        Assert.Single(_silo.Warehouse.Batches);
        Assert.Equal(WriteStatus.Committed, (await _grain.FindAsync(Some.Id(0)))!.Status);
    }

    [Fact]
    public async Task While_a_batch_commits_the_next_one_gathers_and_the_same_id_joins_it()
    {
        var gate = new TaskCompletionSource();
        _silo.Warehouse.Gate = gate.Task;
        var first = _grain.SubmitAsync(Insert(0));
        await UntilAsync(() => _silo.Warehouse.Batches.Count == 1);
        var next = Enumerable.Range(1, 3).Select(i => _grain.SubmitAsync(Insert(i))).ToList();
        var again = _grain.SubmitAsync(Insert(3));
        await UntilAsync(async () => await _grain.FindAsync(Some.Id(3)) is { Status: WriteStatus.Pending });
        gate.SetResult();

        var receipts = await Task.WhenAll([first, .. next, again]);
        Assert.All(receipts, static r => Assert.True(r.IsCommitted));
        Assert.Equal([1, 3], _silo.Warehouse.Batches.Select(static b => b.Intents.Count));
    }

    [Fact]
    public async Task One_message_of_several_intents_answers_each_for_itself()
    {
        var misfit = new InsertIntent { Id = Some.Id(1), Table = _table, Rows = Block.Of(ColumnType.Text, "no number") };
        var response = await _grain.SubmitManyAsync(new SubmitManyRequest([Insert(0), misfit, Insert(2)]));
        Assert.Equal([WriteStatus.Committed, WriteStatus.Rejected], response.Outcomes[..2].Select(static o => o.Receipt!.Status));
        // The last intent may still wait for its turn: then it is pending, and the same intent again joins it.
        Assert.NotEqual(WriteStatus.Rejected, response.Outcomes[2].Receipt!.Status);
        Assert.True((await _grain.SubmitAsync(Insert(2))).IsCommitted);
    }

    [Fact]
    public async Task A_misfit_is_rejected_only_by_columns_that_were_read_after_it_came()
    {
        await _grain.SubmitAsync(Insert(0));
        // In the meantime the column became text.
        _silo.Warehouse.OnOpen = static table => Task.FromResult(new TableSchema(table, [Block.Target(WarehouseType.Text)], "2"));
        var text = new InsertIntent { Id = Some.Id(1), Table = _table, Rows = Block.Of(ColumnType.Text, "now it fits") };
        Assert.Equal(WriteStatus.Committed, (await _grain.SubmitAsync(text)).Status);
    }

    [Fact]
    public async Task A_misfit_that_the_ledger_has_is_committed_already()
    {
        _silo.Warehouse.Known.Add(new KnownRange(new SequenceRange(Some.Origin, 5, 5, 9), new LedgerEntry(Guid.NewGuid(), DateTimeOffset.UnixEpoch)));
        var misfit = new InsertIntent { Id = Some.Id(5), Table = _table, Rows = Block.Of(ColumnType.Text, "no number") };
        var receipt = await _grain.SubmitAsync(misfit);
        Assert.Equal((WriteStatus.AlreadyCommitted, 9L), (receipt.Status, receipt.Rows));
        Assert.Empty(_silo.Warehouse.Batches);
    }

    [Fact]
    public async Task Other_content_under_a_committed_id_is_refused()
    {
        await _grain.SubmitAsync(Insert(0, content: Guid.NewGuid()));
        var other = await _grain.SubmitAsync(Insert(0, content: Guid.NewGuid()));
        Assert.Equal(WriteStatus.Rejected, other.Status);
        Assert.Contains("committed with other content", other.Errors[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_protected_table_refuses_without_asking_the_warehouse()
    {
        _silo.Warehouse.OnOpen = static _ => throw new InvalidOperationException("It was opened.");
        var table = TableName.Parse("coordinator.events");
        var intent = new InsertIntent { Id = Some.Id(0), Table = table, Rows = Some.Rows() };
        var receipt = await _silo.Grains.GetGrain<ITableGrain>(table.ToString()).SubmitAsync(intent);
        Assert.Equal(WriteStatus.Rejected, receipt.Status);
    }

    [Fact]
    public async Task An_intent_without_rows_for_another_table_or_below_zero_is_rejected()
    {
        var empty = new InsertIntent { Id = Some.Id(0), Table = _table, Rows = Block.Of(ColumnType.Int64) };
        var lost = new InsertIntent { Id = Some.Id(1), Table = Some.Table, Rows = Block.Of(ColumnType.Int64, 1L) };
        var negative = Insert(-1);
        foreach (var intent in new[] { empty, lost, negative }) Assert.Equal(WriteStatus.Rejected, (await _grain.SubmitAsync(intent)).Status);
        Assert.Empty(_silo.Warehouse.Batches);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_that_fails_is_answered_to_all_of_its_callers_and_the_next_has_its_turn(bool isForeseen)
    {
        var gate = new TaskCompletionSource();
        _silo.Warehouse.Gate = gate.Task;
        var failing = new[] { _grain.SubmitAsync(Insert(0)), _grain.SubmitAsync(Insert(1)) };
        await UntilAsync(async () => await _grain.FindAsync(Some.Id(0)) is not null && await _grain.FindAsync(Some.Id(1)) is not null);
        gate.SetException(isForeseen ? new WarehouseException(FailureKind.Unavailable, "away") : new InvalidOperationException("a fault"));
        foreach (var caller in failing)
        {
            var failure = await Assert.ThrowsAnyAsync<CoordinatorException>(() => caller);
            Assert.Equal(isForeseen, failure is WarehouseUnavailableException);
        }

        _silo.Warehouse.Gate = Task.CompletedTask;
        Assert.Equal(WriteStatus.Committed, (await _grain.SubmitAsync(Insert(0))).Status);
    }

    [Fact]
    public async Task A_table_that_cannot_be_opened_is_an_answer_to_its_caller()
    {
        _silo.Warehouse.OnOpen = static _ => throw new WarehouseException(FailureKind.Unavailable, "away");
        await Assert.ThrowsAsync<WarehouseUnavailableException>(() => _grain.SubmitAsync(Insert(1)));
        // The lock is held by now.
        _silo.Warehouse.OnOpen = static _ => throw new WarehouseException(FailureKind.Rejected, "no such table");
        Assert.Equal("no such table", (await _grain.SubmitAsync(Insert(0))).Errors[0].Reason);
    }

    [Fact]
    public async Task An_update_that_holds_the_table_keeps_inserts_waiting_until_it_gives_it_back()
    {
        var request = new ReserveRequest { Id = Some.Id(100), Mode = ReservationMode.Exclusive, Lease = TimeSpan.FromMinutes(1), Holder = new("a") };
        var granted = await _grain.ReserveAsync(request);
        Assert.True(granted.Granted);
        Assert.NotEqual(default, granted.Activation);
        var insert = _grain.SubmitAsync(Insert(0));
        await UntilAsync(async () => await _grain.FindAsync(Some.Id(0)) is { Status: WriteStatus.Pending });
        Assert.Equal(granted, await _grain.ReserveAsync(request.ToRenewal()));
        Assert.Empty(_silo.Warehouse.Batches);

        await _grain.ReleaseAsync(Some.Id(100), "a");
        Assert.Equal(WriteStatus.Committed, (await insert).Status);
        Assert.False((await _grain.ReserveAsync(request.ToRenewal())).Granted);
    }

    private static Task UntilAsync(Func<bool> condition) => TestServers.Eventually.TrueAsync("the grain gets there", condition);

    private static Task UntilAsync(Func<Task<bool>> condition) => TestServers.Eventually.TrueAsync("the grain gets there", _ => condition());

    private InsertIntent Insert(long sequence, Guid content = default) =>
        new() { Id = Some.Id(sequence), Table = _table, Rows = Block.Of(ColumnType.Int64, sequence), ContentHash = content };
}
