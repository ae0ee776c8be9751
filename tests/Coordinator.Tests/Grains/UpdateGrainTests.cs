using Coordinator.Core.Ledger;
using Coordinator.Core.Outages;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;
using Coordinator.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Tests.Grains;

/// <summary>The grain of an update, in a silo with real table grains over a fake warehouse.</summary>
public sealed class UpdateGrainTests : IClassFixture<GrainSilo>
{
    private readonly TableName _table = TableName.Parse("public.t" + Guid.NewGuid().ToString("N"));
    private readonly string _job = "job " + Guid.NewGuid().ToString("N");
    private readonly GrainSilo _silo;

    public UpdateGrainTests(GrainSilo silo)
    {
        _silo = silo;
        silo.Warehouse.Runs.Clear();
        silo.Warehouse.OnFind = static _ => Task.FromResult<FoundRange?>(null);
        silo.Warehouse.OnFindTables = _ => UpdateRig.Tables([_table], []);
        silo.Warehouse.OnExecute = UpdateRig.CommitAsync;
    }

    [Fact]
    public async Task An_update_runs_once_and_is_committed_already_from_then_on()
    {
        var update = Tick(0);
        Assert.Equal(WriteStatus.Committed, (await Grain(update).RunAsync(update)).Status);
        Assert.Equal(WriteStatus.AlreadyCommitted, (await Grain(update).RunAsync(update)).Status);
        Assert.Single(_silo.Warehouse.Runs);
    }

    [Fact]
    public async Task A_second_submission_joins_the_run_and_other_content_waits_for_its_end_and_is_refused()
    {
        var gate = Hold();
        var update = Tick(0, content: Guid.NewGuid());
        var first = Grain(update).RunAsync(update);
        await TestServers.Eventually.TrueAsync("it runs", () => _silo.Warehouse.Runs.Count == 1);
        var callers = new[] { first, Grain(update).RunAsync(update) };
        var other = Grain(update).RunAsync(Tick(0, content: Guid.NewGuid()));
        Assert.False(other.IsCompleted);
        gate.SetResult();
        Assert.Equal([WriteStatus.Committed, WriteStatus.AlreadyCommitted], (await Task.WhenAll(callers)).Select(static r => r.Status).Order());
        Assert.Equal(WriteStatus.Rejected, (await other).Status);
        Assert.Single(_silo.Warehouse.Runs);
    }

    [Fact]
    public async Task A_failure_is_answered_and_the_next_submission_starts_afresh()
    {
        var update = Tick(0);
        _silo.Warehouse.OnExecute = static (_, _) => throw new WarehouseException(FailureKind.Unavailable, "away");
        await Assert.ThrowsAsync<WarehouseUnavailableException>(() => Grain(update).RunAsync(update));
        _silo.Warehouse.OnExecute = UpdateRig.CommitAsync;
        Assert.Equal(WriteStatus.Committed, (await Grain(update).RunAsync(update)).Status);
    }

    [Fact]
    public async Task What_is_no_update_is_rejected_and_never_runs()
    {
        var empty = new UpdateIntent { Id = Some.Id(1), Sql = " " };
        var lost = Tick(2);
        var missing = new UpdateIntent { Id = Some.Id(3), Sql = "DELETE FROM t WHERE id = @id", Job = "j", Writes = [_table] };
        Assert.Contains("needs SQL", await ReasonAsync(Grain(empty).RunAsync(empty)), StringComparison.Ordinal);
        Assert.Contains("was sent to the grain of", await ReasonAsync(Grain(Tick(4)).RunAsync(lost)), StringComparison.Ordinal);
        Assert.Contains("@id", await ReasonAsync(Grain(missing).RunAsync(missing)), StringComparison.Ordinal);
        Assert.Empty(_silo.Warehouse.Runs);
    }

    [Fact]
    public async Task A_later_tick_shares_the_run_until_its_sql_begins()
    {
        var found = new TaskCompletionSource();
        _silo.Warehouse.OnFindTables = async _ =>
        {
            await found.Task;
            return await UpdateRig.Tables([_table], []);
        };
        var gate = Hold();
        var run = Tick(0);
        Assert.Null(await Grain(run).CoalesceAsync(Tick(1)));
        var first = Grain(run).RunAsync(run);
        var shared = Grain(run).CoalesceAsync(Tick(1));
        Assert.Null(await Grain(run).CoalesceAsync(Tick(2, sql: "DELETE FROM t")));
        found.SetResult();
        await TestServers.Eventually.TrueAsync("its SQL began", () => _silo.Warehouse.Runs.Count == 1);
        Assert.Null(await Grain(run).CoalesceAsync(Tick(3)));
        gate.SetResult();

        Assert.Equal(WriteStatus.Committed, (await first).Status);
        var receipt = await shared;
        Assert.Equal((Tick(1).Id, run.Id, true), (receipt!.Id, receipt.CoalescedInto, receipt.IsCommitted));
        Assert.Equal(Tick(1).Id.Sequence, Assert.Single(_silo.Warehouse.Runs).Through);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_who_hears_that_it_still_runs_hears_of_the_outage_too(bool isJob)
    {
        var outages = _silo.Services.GetRequiredService<OutageLog>();
        var gate = Hold();
        var update = Tick(0);
        var answer = isJob ? _silo.Grains.GetGrain<IJobGrain>(JobTick.KeyOf(_job)).RunAsync(update) : Grain(update).RunAsync(update);
        await TestServers.Eventually.TrueAsync("it runs", () => _silo.Warehouse.Runs.Count == 1);
        var full = new WarehouseException(FailureKind.Unavailable, "the disk is full") { Cause = FailureCause.DiskFull };
        outages.OnFailed(_table, full, isProven: true);
        var pending = await answer;
        outages.OnAnswered(_table);
        gate.SetResult();
        Assert.Equal(WriteStatus.Pending, pending.Status);
        Assert.Contains("the disk is full", Assert.Single(pending.Errors).Reason, StringComparison.Ordinal);
        Assert.True((await Grain(update).RunAsync(update)).IsCommitted);
    }

    private static async Task<string> ReasonAsync(Task<WriteReceipt> receipt) => (await receipt).Errors[0].Reason;

    private IUpdateGrain Grain(UpdateIntent update) => _silo.Grains.GetGrain<IUpdateGrain>(update.Id.ToString());

    private UpdateIntent Tick(long second, string sql = "INSERT INTO t SELECT 1", Guid content = default) => new()
    {
        Id = JobTick.IdOf(_job, DateTimeOffset.FromUnixTimeSeconds(second)),
        Sql = sql,
        Writes = [_table],
        Job = _job,
        ContentHash = content,
    };

    /// <summary>The SQL runs until the gate opens.</summary>
    private TaskCompletionSource Hold()
    {
        var gate = new TaskCompletionSource();
        _silo.Warehouse.OnExecute = async (run, token) =>
        {
            await gate.Task;
            return await UpdateRig.CommitAsync(run, token);
        };
        return gate;
    }
}
