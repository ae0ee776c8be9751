using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Grains.Warehouses;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.Tests.Binding;
using Coordinator.Tests.Committing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Coordinator.Tests.Grains;

/// <summary>Calls of a client that means another warehouse than the silo's.</summary>
public sealed class OtherWarehouseTests : IClassFixture<GrainSilo>
{
    private static readonly Guid Other = Guid.NewGuid();

    private readonly TableName _table = TableName.Parse("public.t" + Guid.NewGuid().ToString("N"));
    private readonly GrainSilo _silo;

    public OtherWarehouseTests(GrainSilo silo)
    {
        _silo = silo;
        silo.Warehouse.Batches.Clear();
        silo.Warehouse.Runs.Clear();
        silo.Warehouse.OnOpen = static table => Task.FromResult(new TableSchema(table, [Block.Target(WarehouseType.Int64)], "1"));
    }

    private ITableGrain Table => _silo.Grains.GetGrain<ITableGrain>(_table.ToString());

    [Fact]
    public async Task An_insert_is_refused_and_its_own_clients_are_not()
    {
        var ours = await _silo.Grains.GetGrain<IWarehouseGrain>(0).IdentifyAsync();
        Assert.NotEqual(Guid.Empty, ours);
        var refused = await Assert.ThrowsAsync<OtherWarehouseException>(() => Table.SubmitAsync(Insert(0, Other)));
        Assert.Contains("this silo writes to fake", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_silo.Warehouse.Batches);
        Assert.True((await Table.SubmitAsync(Insert(0, ours))).IsCommitted);
        Assert.True((await Table.SubmitAsync(Insert(1, Guid.Empty))).IsCommitted);
    }

    [Fact]
    public async Task Of_one_message_only_what_means_another_warehouse_is_refused()
    {
        var response = await Table.SubmitManyAsync(new SubmitManyRequest([Insert(0, Guid.Empty), Insert(1, Other)]));
        Assert.IsType<OtherWarehouseException>(response.Outcomes[1].Failure);
        Assert.True(response.Outcomes[0].Receipt!.IsCommitted);
        Assert.Single(Assert.Single(_silo.Warehouse.Batches).Intents);
    }

    [Fact]
    public async Task A_table_that_only_the_other_warehouse_has_is_not_said_to_be_missing()
    {
        _silo.Warehouse.OnOpen = static table => throw new WarehouseException(FailureKind.Rejected, $"no {table}");
        await Assert.ThrowsAsync<OtherWarehouseException>(() => Table.SubmitAsync(Insert(0, Other)));
    }

    [Fact]
    public async Task Updates_jobs_and_questions_to_the_ledger_are_refused()
    {
        var job = "job " + Guid.NewGuid();
        var update = new UpdateIntent { Id = new(Guid.NewGuid(), 0), Sql = "select 1", Writes = [_table], Warehouse = Other };
        var run = new UpdateIntent { Id = new(Guid.NewGuid(), 0), Sql = "select 1", Writes = [_table], Job = job, Warehouse = Other };
        await Assert.ThrowsAsync<OtherWarehouseException>(() => _silo.Grains.GetGrain<IUpdateGrain>(update.Id.ToString()).RunAsync(update));
        await Assert.ThrowsAsync<OtherWarehouseException>(() => _silo.Grains.GetGrain<IJobGrain>(JobTick.KeyOf(job)).RunAsync(run));
        await Assert.ThrowsAsync<OtherWarehouseException>(() =>
            _silo.Grains.GetGrain<ILedgerGrain>(0).FindRangesAsync(new FindRangesRequest(_table, []) { Warehouse = Other }));
        Assert.Empty(_silo.Warehouse.Runs);
    }

    [Fact]
    public async Task Without_an_answer_of_the_warehouse_nothing_is_written_and_it_is_asked_again()
    {
        var warehouse = new FakeWarehouse(static _ => throw new NotSupportedException())
        {
            OnIdentify = static () => throw new WarehouseException(FailureKind.Unavailable, "down"),
        };
        var identity = new WarehouseIdentity(warehouse, TimeProvider.System, NullLogger<WarehouseIdentity>.Instance);
        var failure = await Assert.ThrowsAsync<WarehouseUnavailableException>(() => identity.EnsureAsync(Other, "An insert").AsTask());
        Assert.Contains("down", failure.Message, StringComparison.Ordinal);
        warehouse.OnIdentify = static () => Task.FromResult("up");
        await identity.EnsureAsync(WarehouseId.Of("up").Id, "An insert");
        await Assert.ThrowsAsync<OtherWarehouseException>(() => identity.EnsureAsync(Other, "An insert").AsTask());
    }

    [Fact]
    public async Task A_warehouse_that_its_user_may_not_ask_takes_every_write()
    {
        var warehouse = new FakeWarehouse(static _ => throw new NotSupportedException())
        {
            OnIdentify = static () => throw new WarehouseException(FailureKind.Rejected, "permission denied"),
        };
        var identity = new WarehouseIdentity(warehouse, TimeProvider.System, NullLogger<WarehouseIdentity>.Instance);
        await identity.EnsureAsync(Other, "An insert");
        Assert.Equal(Guid.Empty, (await identity.FindAsync()).Id);
    }

    private InsertIntent Insert(long number, Guid warehouse) =>
        new() { Id = Some.Id(number), Table = _table, Rows = Block.Of(ColumnType.Int64, number), Warehouse = warehouse };
}
