using Coordinator.Core.Leases;
using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Grains.Contention;
using Coordinator.Grains.Tables;
using Coordinator.Intents;
using Coordinator.Locking;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Coordinator.Tests.Binding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Grains;

/// <summary>A name that is no table costs neither a lock nor an account, and is found as soon as it is a table.</summary>
public sealed class MissingTableTests : IClassFixture<GrainSilo>
{
    private readonly GrainSilo _silo;
    private readonly TableName _table = TableName.Parse("public.t" + Guid.NewGuid().ToString("N"));
    private readonly ITableGrain _grain;

    public MissingTableTests(GrainSilo silo)
    {
        _silo = silo;
        _grain = silo.Grains.GetGrain<ITableGrain>(_table.ToString());
        silo.Warehouse.Batches.Clear();
        silo.Warehouse.Known.Clear();
        silo.Warehouse.OnOpen = static table => throw new WarehouseException(FailureKind.Rejected, $"{table} does not exist");
    }

    [Fact]
    public async Task An_insert_is_refused_and_leaves_no_lock_no_account_and_no_activation()
    {
        var rejected = Registry.Read(1).Totals.Rejected;
        var many = await _grain.SubmitManyAsync(new SubmitManyRequest([Insert(1), Insert(2)]));
        Assert.All([await _grain.SubmitAsync(Insert(0)), many.Outcomes[0].Receipt!, many.Outcomes[1].Receipt!], receipt =>
        {
            Assert.Equal((WriteStatus.Rejected, $"{_table} does not exist"), (receipt.Status, receipt.Errors[0].Reason));
        });
        Assert.Equal(LockReplyKind.Mine, await LockAsync());
        await NothingIsLeftAsync();
        Assert.Equal(rejected + 3, Registry.Read(1).Totals.Rejected);
    }

    [Fact]
    public async Task A_question_about_an_intent_leaves_nothing_either()
    {
        Assert.Null(await _grain.FindAsync(Some.Id(0)));
        Assert.Equal(LockReplyKind.Mine, await LockAsync());
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task The_ledger_of_a_dropped_table_still_knows_its_intents()
    {
        _silo.Warehouse.Known.Add(new KnownRange(new SequenceRange(Some.Origin, 5, 5, 9), new LedgerEntry(Guid.NewGuid(), DateTimeOffset.UnixEpoch)));
        // The second answer follows a miss that is remembered.
        for (var i = 0; i < 2; i++)
        {
            var receipt = await _grain.SubmitAsync(Insert(5));
            Assert.Equal((WriteStatus.AlreadyCommitted, 9L), (receipt.Status, receipt.Rows));
        }

        Assert.Equal(WriteStatus.Rejected, (await _grain.SubmitAsync(Insert(6))).Status);
    }

    [Fact]
    public async Task A_table_that_is_created_is_found_by_the_next_insert()
    {
        Assert.Equal(WriteStatus.Rejected, (await _grain.SubmitAsync(Insert(0))).Status);
        _silo.Warehouse.OnOpen = static table => Task.FromResult(new TableSchema(table, [Block.Target(WarehouseType.Int64)], "1"));
        Assert.True((await _grain.SubmitAsync(Insert(0))).IsCommitted);
        Assert.Equal(LockReplyKind.HeldByOther, await LockAsync());
        Assert.NotNull(Registry.Read(_table));
    }

    [Fact]
    public async Task A_warehouse_that_does_not_answer_is_not_taken_for_a_missing_table()
    {
        _silo.Warehouse.OnOpen = static _ => throw new WarehouseException(FailureKind.Unavailable, "away");
        await Assert.ThrowsAsync<WarehouseUnavailableException>(() => _grain.SubmitAsync(Insert(0)));
        Assert.Equal(LockReplyKind.HeldByOther, await LockAsync());
        Assert.Contains(Registry.Read(_table)!.Conflicts, static conflict => conflict.Message == "away");
    }

    [Fact]
    public async Task An_update_reserves_what_only_it_can_read_without_opening_it()
    {
        var request = new ReserveRequest { Id = Some.Id(9), Mode = ReservationMode.Shared, Lease = TimeSpan.FromMinutes(1), Holder = new("a") };
        Assert.True((await _grain.ReserveAsync(request)).Granted);
        Assert.Equal(WriteStatus.Rejected, (await _grain.SubmitAsync(Insert(0))).Status);
        Assert.True((await _grain.ReserveAsync(request.ToRenewal())).Granted);
    }

    [Fact]
    public async Task Many_callers_at_once_are_all_refused_and_share_few_searches()
    {
        var searches = 0;
        _silo.Warehouse.OnOpen = async table =>
        {
            Interlocked.Increment(ref searches);
            // As long as a warehouse takes, so that callers share the search.
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            throw new WarehouseException(FailureKind.Rejected, $"{table} does not exist");
        };
        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _grain.SubmitAsync(Insert(i))));
            Assert.All(answers, static receipt => Assert.Equal(WriteStatus.Rejected, receipt.Status));
        }

        Assert.InRange(searches, 1, 100);
    }

    [Fact]
    public void A_name_is_searched_again_after_a_pause_and_a_thousand_are_remembered()
    {
        var clock = new FakeTimeProvider();
        var missing = new MissingTables(clock);
        Assert.Equal(TimeSpan.Zero, missing.Left(_table));
        missing.Add(_table);
        Assert.Equal(MissingTables.Pause, missing.Left(_table));
        clock.Advance(MissingTables.Pause);
        Assert.Equal(TimeSpan.Zero, missing.Left(_table));

        missing.Add(_table);
        for (var i = 0; i < 1_000; i++) missing.Add(new TableName("public", $"t{i}"));
        Assert.Equal(TimeSpan.Zero, missing.Left(_table));
    }

    private ContentionRegistry Registry => _silo.Services.GetRequiredService<ContentionRegistry>();

    private async Task NothingIsLeftAsync()
    {
        var management = _silo.Grains.GetGrain<IManagementGrain>(0);
        await Eventually.TrueAsync("the account is dropped", () => Registry.Read(_table) is null);
        await Eventually.TrueAsync("the activation ends", async token =>
            !(await management.GetActiveGrains(_grain.GetGrainId().Type, token)).Contains(_grain.GetGrainId()));
    }

    private async Task<LockReplyKind> LockAsync() => (await _silo.Services.GetRequiredService<InProcessLockStore>().AcquireAsync(
        LockKey.Of("grains", _grain.GetGrainId()), "other", TimeSpan.FromSeconds(1), CancellationToken.None)).Kind;

    private InsertIntent Insert(long sequence) =>
        new() { Id = Some.Id(sequence), Table = _table, Rows = Block.Of(ColumnType.Int64, sequence) };
}
