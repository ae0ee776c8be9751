using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Tests.Grains;

/// <summary>The grain of a job, in a silo with real update and table grains over a fake warehouse.</summary>
public sealed class JobGrainTests : IClassFixture<GrainSilo>
{
    private readonly TableName _table = TableName.Parse("public.t" + Guid.NewGuid().ToString("N"));
    private readonly string _job = "job " + Guid.NewGuid().ToString("N");
    private readonly GrainSilo _silo;
    private readonly IJobGrain _grain;

    public JobGrainTests(GrainSilo silo)
    {
        _silo = silo;
        _grain = silo.Grains.GetGrain<IJobGrain>(JobTick.KeyOf(_job));
        silo.Warehouse.Runs.Clear();
        silo.Warehouse.Now = static () => TimeProvider.System.GetUtcNow();
        silo.Warehouse.OnFind = static _ => Task.FromResult<FoundRange?>(null);
        silo.Warehouse.OnFindTables = _ => UpdateRig.Tables([_table], []);
        silo.Warehouse.OnExecute = UpdateRig.CommitAsync;
        silo.Warehouse.OnFindRuns = static _ => Task.FromResult<IReadOnlyList<LedgerRun>>([]);
    }

    [Fact]
    public async Task A_tick_that_several_hosts_submit_runs_once_and_is_remembered()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _grain.RunAsync(Tick(60))));
        Assert.All(receipts, static r => Assert.True(r.IsCommitted));
        Assert.Single(_silo.Warehouse.Runs);
        Assert.Single(receipts, static r => r.Status == WriteStatus.Committed);
        var run = Assert.Single((await _grain.RunsAsync(new JobRunsRequest(10))).Runs);
        Assert.Equal((Tick(60).Id, JobRunStatus.Committed), (run.Id, run.Status));
    }

    [Fact]
    public async Task A_run_of_another_job_is_rejected()
    {
        var receipt = await _silo.Grains.GetGrain<IJobGrain>("another").RunAsync(Tick(60));
        Assert.Equal(WriteStatus.Rejected, receipt.Status);
        Assert.Empty(_silo.Warehouse.Runs);
    }

    [Fact]
    public async Task A_tick_that_meets_a_run_that_has_not_begun_shares_it()
    {
        var (asked, found) = (new TaskCompletionSource(), new TaskCompletionSource());
        _silo.Warehouse.OnFindTables = async _ =>
        {
            asked.TrySetResult();
            await found.Task;
            return await UpdateRig.Tables([_table], []);
        };
        var first = _grain.RunAsync(Tick(60));
        await asked.Task;
        var second = _grain.RunAsync(Tick(120));
        await TestServers.Eventually.TrueAsync("the run is asked to share", () => _silo.Coalescing.ContainsKey(Tick(60).Id.ToString()));
        found.SetResult();
        Assert.Equal(Tick(60).Id, (await second).CoalescedInto);
        Assert.True((await first).IsCommitted);
        Assert.Equal(120, Assert.Single(_silo.Warehouse.Runs).Through);
    }

    [Fact]
    public async Task A_tick_that_is_not_due_by_the_silos_clock_is_refused_and_silences_nothing()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var early = await Assert.ThrowsAsync<TickNotDueException>(() => _grain.RunAsync(Tick(now + 3_600)));
        var tick = DateTimeOffset.FromUnixTimeSeconds(now + 3_600);
        Assert.Contains($"tick {tick:yyyy-MM-dd'T'HH:mm:ss}.0Z: not due", early.Message, StringComparison.Ordinal);
        Assert.Contains("by that of this silo it is 2", early.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, early.RetryAfter);

        Assert.Empty((await _grain.RunsAsync(new JobRunsRequest(10))).Runs);
        Assert.Equal(WriteStatus.Committed, (await _grain.RunAsync(Tick(now - 1))).Status);
        Assert.Equal(now - 1, Assert.Single(_silo.Warehouse.Runs).Through);
    }

    [Fact]
    public async Task A_tick_that_is_due_within_a_second_runs_when_it_is_due()
    {
        var tick = Tick(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1);
        var ranAt = DateTimeOffset.MinValue;
        _silo.Warehouse.OnExecute = (run, token) =>
        {
            ranAt = TimeProvider.System.GetUtcNow();
            return UpdateRig.CommitAsync(run, token);
        };
        Assert.True((await _grain.RunAsync(tick)).IsCommitted);
        Assert.True(ranAt >= JobTick.TimeOf(_job, tick.Id));
    }

    [Fact]
    public async Task A_run_that_fails_is_shown_with_its_cause_and_the_next_submission_tries_it_again()
    {
        _silo.Warehouse.OnExecute = static (_, _) => throw new WarehouseException(FailureKind.Unavailable, "away");
        await Assert.ThrowsAsync<WarehouseUnavailableException>(() => _grain.RunAsync(Tick(60)));
        var failed = Assert.Single((await _grain.RunsAsync(new JobRunsRequest(10))).Runs);
        Assert.Equal(JobRunStatus.Failed, failed.Status);
        Assert.Contains("away", failed.Message, StringComparison.Ordinal);

        _silo.Warehouse.OnExecute = UpdateRig.CommitAsync;
        Assert.Equal(WriteStatus.Committed, (await _grain.RunAsync(Tick(60))).Status);
    }

    [Fact]
    public async Task Other_content_under_a_ticks_id_is_refused_once_the_tick_is_committed()
    {
        Assert.True((await _grain.RunAsync(Tick(60, content: Guid.NewGuid()))).IsCommitted);
        var other = await _grain.RunAsync(Tick(60, content: Guid.NewGuid()));
        Assert.Equal(WriteStatus.Rejected, other.Status);
        Assert.Single(_silo.Warehouse.Runs);
    }

    [Fact]
    public async Task Runs_that_only_the_ledger_knows_are_among_the_latest_and_a_warehouse_that_is_away_is_said()
    {
        var at = DateTimeOffset.UnixEpoch.AddDays(1);
        _silo.Warehouse.OnFindRuns = origin => Task.FromResult<IReadOnlyList<LedgerRun>>(
            [new LedgerRun(new SequenceRange(origin, 60, 120, 3), new LedgerEntry(Guid.NewGuid(), at), at)]);
        var known = Assert.Single((await _grain.RunsAsync(new JobRunsRequest(10))).Runs);
        Assert.Equal((JobRunStatus.Committed, 3L), (known.Status, known.Rows));

        _silo.Warehouse.OnFindRuns = static _ => throw new WarehouseException(FailureKind.Unavailable, "away");
        await Assert.ThrowsAsync<WarehouseUnavailableException>(() => _grain.RunsAsync(new JobRunsRequest(10)));
    }

    private UpdateIntent Tick(long second, Guid content = default) => new()
    {
        Id = JobTick.IdOf(_job, DateTimeOffset.FromUnixTimeSeconds(second)),
        Sql = "INSERT INTO t SELECT 1",
        Writes = [_table],
        Job = _job,
        ContentHash = content,
    };
}
