using Coordinator.Core.Jobs;
using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Tests.Grains;

/// <summary>An update from its tables to its receipt: its reservations, its restarts, and the answers to its caller.</summary>
public sealed class UpdateRunnerTests
{
    private readonly UpdateRig _rig = new();

    [Fact]
    public async Task Tables_are_reserved_in_one_order_the_sql_runs_once_and_they_are_given_back()
    {
        _rig.Warehouse.OnFindTables = static _ => UpdateRig.Tables([UpdateRig.B], [UpdateRig.A]);
        var receipt = await _rig.RunAsync(UpdateRig.Update(writes: [UpdateRig.B], reads: [UpdateRig.A]));
        Assert.Equal((WriteStatus.Committed, 7L), (receipt.Status, receipt.Rows));
        Assert.Equal([("a", ReservationMode.Shared, "activation/0"), ("b", ReservationMode.Exclusive, "activation/0")], _rig.Turns.Asked);
        Assert.Equal(["a", "b"], _rig.Turns.Released.Select(static r => r.Table).Order());
        Assert.Single(_rig.Warehouse.Runs);
    }

    [Fact]
    public async Task An_update_that_touches_more_than_it_declares_reserves_nothing_and_does_not_run()
    {
        _rig.Warehouse.OnFindTables = static _ => UpdateRig.Tables([UpdateRig.A], [UpdateRig.B, TableName.Parse("public.c")]);
        var receipt = await _rig.RunAsync();
        Assert.Equal(WriteStatus.Rejected, receipt.Status);
        Assert.Contains("reads public.c without declaring it", receipt.Errors[0].Reason, StringComparison.Ordinal);
        Assert.Empty(_rig.Turns.Asked);
        Assert.Empty(_rig.Warehouse.Runs);
    }

    [Fact]
    public async Task A_table_lost_before_commit_starts_the_update_again_as_another_holder()
    {
        // At COMMIT of the first try a table has another holder.
        _rig.Turns.OnReserve = static (_, request) =>
            request.Renew && request.Holder == new HolderId("activation/0") ? FakeTurns.Refused : FakeTurns.Granted;
        var receipt = await _rig.RunAsync();
        Assert.Equal(WriteStatus.Committed, receipt.Status);
        Assert.Equal(["activation/0", "activation/0", "activation/1", "activation/1"], _rig.Turns.Asked.Select(static a => a.Holder));
        Assert.Equal(["activation/0", "activation/0", "activation/1", "activation/1"], _rig.Turns.Released.Select(static a => a.Holder));
        // One transaction for the ledger, however often it starts.
        Assert.Single(_rig.Warehouse.Runs.Select(static r => r.BatchId).Distinct());
    }

    [Theory]
    [InlineData(30, 30, 30)]
    [InlineData(30, 20, 20)]
    [InlineData(15, 30, 15)]
    public async Task A_tick_covers_later_ones_that_are_due_by_the_clocks_of_the_silo_and_the_warehouse(int silo, int warehouse, int through)
    {
        var start = _rig.Clock.GetUtcNow();
        var (first, last) = (UpdateRig.TickAt(start.AddSeconds(10)), UpdateRig.TickAt(start.AddSeconds(60)));
        var ticks = new CoalescedTicks(first);
        Assert.True(ticks.TryAdd(last));
        _rig.Clock.Advance(TimeSpan.FromSeconds(silo));
        _rig.Warehouse.Now = () => start.AddSeconds(warehouse);
        Assert.True((await _rig.RunAsync(ticks, first)).IsCommitted);
        Assert.Equal(start.AddSeconds(through).ToUnixTimeSeconds(), Assert.Single(_rig.Warehouse.Runs).Through);
        Assert.False(ticks.HasDone(last.Id));
    }

    [Fact]
    public async Task A_tick_that_is_not_due_by_the_warehouses_clock_does_not_run()
    {
        var start = _rig.Clock.GetUtcNow();
        _rig.Warehouse.Now = () => start.AddSeconds(-90);
        var early = await Assert.ThrowsAsync<TickNotDueException>(() => _rig.RunAsync(UpdateRig.TickAt(start)));
        Assert.Contains("by that of fake it is ", early.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(90), early.RetryAfter);
        Assert.Empty(_rig.Warehouse.Runs);
        Assert.Equal(2, _rig.Turns.Released.Count);
    }

    [Fact]
    public async Task It_does_not_start_again_without_end()
    {
        _rig.Turns.OnReserve = static (_, request) => request.Renew ? FakeTurns.Refused : FakeTurns.Granted;
        await Assert.ThrowsAsync<TableMovedException>(() => _rig.RunAsync());
        Assert.Equal(4, _rig.Warehouse.Runs.Count);
        Assert.Equal(_rig.Turns.Asked.Count, _rig.Turns.Released.Count);
    }

    [Fact]
    public async Task An_activation_that_lost_its_own_lock_neither_commits_nor_starts_again()
    {
        _rig.MayRun = false;
        await Assert.ThrowsAsync<TableMovedException>(() => _rig.RunAsync());
        Assert.Single(_rig.Warehouse.Runs);
        Assert.Equal(2, _rig.Turns.Released.Count);
    }

    [Fact]
    public async Task An_unknown_outcome_is_resolved_by_the_next_transaction()
    {
        _rig.Warehouse.OnExecute = (run, _) => _rig.Warehouse.Runs.Count == 1
            ? throw new WarehouseException(FailureKind.Unknown, "gone around COMMIT")
            : Task.FromResult(UpdateRig.Known(run, run.BatchId));
        Assert.Equal(WriteStatus.Committed, (await _rig.RunAsync()).Status);
        Assert.Equal(2, _rig.Warehouse.Runs.Count);
    }

    [Fact]
    public async Task What_another_batch_committed_is_committed_already()
    {
        var batch = Guid.NewGuid();
        _rig.Warehouse.OnExecute = (run, _) => Task.FromResult(UpdateRig.Known(run, batch));
        var receipt = await _rig.RunAsync();
        Assert.Equal((WriteStatus.AlreadyCommitted, batch), (receipt.Status, receipt.BatchId));
    }

    [Fact]
    public async Task Other_content_under_a_committed_id_is_refused()
    {
        _rig.Warehouse.OnExecute = static (run, _) => Task.FromResult(UpdateRig.Known(run, Guid.NewGuid(), content: Guid.NewGuid()));
        var receipt = await _rig.RunAsync(UpdateRig.Update(content: Guid.NewGuid()));
        Assert.Equal(WriteStatus.Rejected, receipt.Status);
        Assert.Contains("committed with other content", receipt.Errors[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureKind.Conflict, typeof(WarehouseUnavailableException))]
    [InlineData(FailureKind.Unavailable, typeof(WarehouseUnavailableException))]
    [InlineData(FailureKind.Unknown, typeof(OutcomeUnknownException))]
    public async Task A_failure_at_every_try_is_answered_as_what_it_is_and_gives_the_tables_back(FailureKind kind, Type expected)
    {
        _rig.Warehouse.OnExecute = (_, _) => throw new WarehouseException(kind, "no");
        var failure = await Assert.ThrowsAnyAsync<CoordinatorException>(() => _rig.RunAsync());
        Assert.IsType(expected, failure);
        Assert.Equal(3, _rig.Warehouse.Runs.Count);
        Assert.Equal(2, _rig.Turns.Released.Count);
    }

    [Fact]
    public async Task What_the_warehouse_rejects_is_rejected_unless_a_ledger_has_it()
    {
        _rig.Warehouse.OnExecute = static (_, _) => throw new WarehouseException(FailureKind.Rejected, "no such column");
        Assert.Equal(WriteStatus.Rejected, (await _rig.RunAsync()).Status);
        Assert.Single(_rig.Warehouse.Runs);

        _rig.Warehouse.OnFind = static _ => Task.FromResult<FoundRange?>(UpdateRig.Record());
        Assert.Equal(WriteStatus.AlreadyCommitted, (await _rig.RunAsync()).Status);
    }

    [Fact]
    public async Task SQL_that_runs_longer_than_it_may_is_cancelled_and_rejected()
    {
        _rig.Warehouse.OnExecute = static async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            throw new InvalidOperationException("It was not cancelled.");
        };
        var receipt = await _rig.RunAsync();
        Assert.Equal(WriteStatus.Rejected, receipt.Status);
        Assert.Contains("ran longer than the 00:00:10", receipt.Errors[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_an_unknown_outcome_a_run_that_is_cut_off_is_unknown_too()
    {
        _rig.Warehouse.OnExecute = async (_, token) =>
        {
            if (_rig.Warehouse.Runs.Count == 1) throw new WarehouseException(FailureKind.Unknown, "gone around COMMIT");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            throw new InvalidOperationException("It was not cancelled.");
        };
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => _rig.RunAsync());
    }

    [Fact]
    public async Task Tables_found_before_a_long_wait_are_found_again_and_others_reserved_instead()
    {
        var c = TableName.Parse("public.c");
        var waits = true;
        _rig.Warehouse.OnFindTables = _ => UpdateRig.Tables([waits ? UpdateRig.A : c], []);
        // The first table becomes free after a while, and in the meantime a view has changed.
        _rig.Turns.OnReserve = async (_, _) =>
        {
            if (waits) await Task.Delay(TimeSpan.FromSeconds(5), _rig.Clock);
            waits = false;
            return await FakeTurns.Granted;
        };
        var receipt = await _rig.RunAsync(UpdateRig.Update(writes: [], reads: []));
        Assert.Equal(WriteStatus.Committed, receipt.Status);
        Assert.Equal(["a", "c"], _rig.Turns.Asked.Select(static a => a.Table));
        Assert.Equal([c], Assert.Single(_rig.Warehouse.Runs).Intent.Writes);
    }

    [Fact]
    public async Task A_silo_that_stops_ends_the_run_and_gives_the_tables_back()
    {
        using var stopping = new CancellationTokenSource();
        _rig.Warehouse.OnExecute = async (_, token) =>
        {
            await stopping.CancelAsync();
            token.ThrowIfCancellationRequested();
            throw new InvalidOperationException("It was not cancelled.");
        };
        await Assert.ThrowsAsync<TableMovedException>(() => _rig.RunAsync(stopping: stopping.Token));
        Assert.Equal(2, _rig.Turns.Released.Count);
    }

    [Fact]
    public async Task Tables_that_are_not_to_be_had_in_time_end_the_wait()
    {
        _rig.Turns.OnReserve = async (_, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5), _rig.Clock);
            return await FakeTurns.Refused;
        };
        await Assert.ThrowsAsync<IntentExpiredException>(() => _rig.RunAsync());
        Assert.Empty(_rig.Warehouse.Runs);
        Assert.Equal(["a", "b"], _rig.Turns.Released.Select(static r => r.Table).Order());
    }
}
