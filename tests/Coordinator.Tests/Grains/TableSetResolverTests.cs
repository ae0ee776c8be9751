using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Tests.Grains;

/// <summary>The tables that an update reserves, and updates that end before they wait for any.</summary>
public sealed class TableSetResolverTests
{
    private readonly UpdateRig _rig = new();

    [Fact]
    public async Task With_nothing_declared_the_tables_are_those_that_are_found()
    {
        var (intent, receipt) = await OfAsync(UpdateRig.Update(writes: [], reads: []));
        Assert.Null(receipt);
        Assert.Equal([UpdateRig.A], intent.Writes);
        Assert.Equal([UpdateRig.B], intent.Reads);
    }

    [Fact]
    public async Task With_nothing_declared_a_doubt_rejects()
    {
        _rig.Warehouse.OnFindTables = static _ => UpdateRig.Tables([UpdateRig.A], [], "it calls a function");
        var (_, receipt) = await OfAsync(UpdateRig.Update(writes: [], reads: []));
        Assert.Equal(WriteStatus.Rejected, receipt!.Status);
        Assert.Contains("it calls a function", receipt.Errors[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_all_tables_declared_a_doubt_is_no_obstacle()
    {
        _rig.Warehouse.OnFindTables = static _ => UpdateRig.Tables([UpdateRig.A], [UpdateRig.B], "it calls a function");
        Assert.Null((await OfAsync(UpdateRig.Update())).Receipt);
    }

    [Fact]
    public async Task A_declared_name_that_is_no_table_rejects_before_it_is_reserved()
    {
        var none = TableName.Parse("public.none");
        _rig.Warehouse.OnOpen = table => table == none
            ? throw new WarehouseException(FailureKind.Rejected, "no such table")
            : Task.FromResult(new TableSchema(table, []));
        var (_, receipt) = await OfAsync(UpdateRig.Update(writes: [UpdateRig.A, none]));
        Assert.Equal((WriteStatus.Rejected, "no such table"), (receipt!.Status, receipt.Errors[0].Reason));
    }

    [Fact]
    public async Task With_nothing_declared_the_ledgers_are_asked_before_the_sql_is_explained()
    {
        _rig.Warehouse.OnFind = static _ => Task.FromResult<FoundRange?>(UpdateRig.Record());
        _rig.Warehouse.OnFindTables = static _ => throw new InvalidOperationException("It was explained.");
        var (_, receipt) = await OfAsync(UpdateRig.Update(writes: [], reads: []));
        Assert.Equal((WriteStatus.AlreadyCommitted, null), (receipt!.Status, receipt.CoalescedInto));
    }

    [Fact]
    public async Task A_tick_that_an_earlier_ticks_run_did_says_which()
    {
        _rig.Warehouse.OnFind = static _ => Task.FromResult<FoundRange?>(UpdateRig.Record(first: 0));
        Assert.Equal(Some.Id(0), (await OfAsync(UpdateRig.Update(writes: [], reads: []))).Receipt!.CoalescedInto);
    }

    [Fact]
    public async Task Other_content_under_an_id_that_a_ledger_has_is_refused()
    {
        _rig.Warehouse.OnFind = static _ => Task.FromResult<FoundRange?>(UpdateRig.Record());
        var other = new SequenceRange(Some.Origin, 1, 1, 7, Guid.NewGuid());
        _rig.Warehouse.Known.Add(new KnownRange(other, new LedgerEntry(Guid.NewGuid(), DateTimeOffset.UnixEpoch)));
        var (_, receipt) = await OfAsync(UpdateRig.Update(writes: [], reads: [], content: Guid.NewGuid()));
        Assert.Equal(WriteStatus.Rejected, receipt!.Status);
        Assert.Contains("committed with other content", receipt.Errors[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SQL_that_the_warehouse_refuses_is_rejected_in_its_words_unless_a_ledger_has_the_update()
    {
        _rig.Warehouse.OnFindTables = static _ => throw new WarehouseException(FailureKind.Rejected, "no such table");
        Assert.Equal("no such table", (await OfAsync(UpdateRig.Update())).Receipt!.Errors[0].Reason);

        _rig.Warehouse.OnFind = static _ => Task.FromResult<FoundRange?>(UpdateRig.Record());
        Assert.Equal(WriteStatus.AlreadyCommitted, (await OfAsync(UpdateRig.Update())).Receipt!.Status);
    }

    [Fact]
    public async Task A_warehouse_that_is_away_is_asked_again_and_then_the_caller_hears_of_it()
    {
        var asked = 0;
        _rig.Warehouse.OnFindTables = _ =>
        {
            asked++;
            throw new WarehouseException(FailureKind.Unavailable, "away");
        };
        await Assert.ThrowsAsync<WarehouseUnavailableException>(() => OfAsync(UpdateRig.Update()));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task SQL_that_ends_its_transaction_is_rejected_before_the_warehouse_is_asked()
    {
        _rig.Warehouse.OnFindTables = static _ => throw new InvalidOperationException("It was explained.");
        var commits = new UpdateIntent { Id = Some.Id(1), Sql = "INSERT INTO a VALUES (1); COMMIT", Writes = [UpdateRig.A] };
        Assert.Equal(WriteStatus.Rejected, (await OfAsync(commits)).Receipt!.Status);
    }

    private Task<(UpdateIntent Intent, WriteReceipt? Receipt)> OfAsync(UpdateIntent update) =>
        _rig.Clock.RunAsync(_rig.Sets.OfAsync(update, CancellationToken.None));
}
