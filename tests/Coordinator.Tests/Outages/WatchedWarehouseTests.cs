using Coordinator.Core.Outages;
using Coordinator.Core.Warehouses;
using Coordinator.Tests.Committing;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Outages;

/// <summary>What the log of outages hears of a warehouse's calls.</summary>
public sealed class WatchedWarehouseTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly OutageLog _log;

    public WatchedWarehouseTests() => _log = new OutageLog("silo-1", _clock);

    [Fact]
    public async Task Failures_of_a_tables_batches_are_its_outage_until_one_commits()
    {
        var failure = new WarehouseException(FailureKind.Unavailable, "no space left") { Cause = FailureCause.DiskFull };
        var isFull = true;
        var warehouse = new WatchedWarehouse(
            new FakeWarehouse(_ => isFull ? throw failure : new BatchResult(_clock.GetUtcNow(), BatchResult.None)), _log);
        await Assert.ThrowsAsync<WarehouseException>(() => warehouse.CommitAsync(Batch(), default));
        _clock.Advance(OutageLog.Patience);
        await Assert.ThrowsAsync<WarehouseException>(() => warehouse.CommitAsync(Batch(), default));
        Assert.Equal(("diskFull", 2L), Assert.Single(_log.Tick()) is { Outage: var outage } ? (outage.Cause, outage.Failures) : default);

        isFull = false;
        await warehouse.CommitAsync(Batch(), default);
        Assert.Equal(OutageStage.Ended, Assert.Single(_log.Tick()).Stage);
    }

    [Fact]
    public async Task A_batch_without_an_answer_puts_the_warehouse_in_doubt_until_it_has_one()
    {
        var answer = new TaskCompletionSource();
        var warehouse = new WatchedWarehouse(
            new FakeWarehouse(_ => new BatchResult(_clock.GetUtcNow(), BatchResult.None)) { Gate = answer.Task }, _log);
        var committing = warehouse.CommitAsync(Batch(), default);
        _clock.Advance(OutageLog.Patience);
        Assert.True(_log.IsInDoubt);
        answer.SetResult();
        await committing;
        Assert.False(_log.IsInDoubt);
    }

    [Fact]
    public async Task A_probe_of_a_silent_warehouse_fails_in_time_and_says_for_how_long_it_waited()
    {
        var probing = WarehouseProbe.AskAsync(Fake(SilentAsync), _clock, default);
        _clock.Advance(WarehouseProbe.Limit);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => probing);
        Assert.Equal((FailureCause.Connection, "fake has not answered for 3 s."), (failure.Cause, failure.Message));
    }

    [Fact]
    public async Task A_probe_passes_on_what_the_warehouse_says_and_its_callers_cancellation()
    {
        var refusal = new WarehouseException(FailureKind.Unavailable, "the database system is shutting down") { Cause = FailureCause.Connection };
        Assert.Same(refusal, await Assert.ThrowsAsync<WarehouseException>(() => WarehouseProbe.AskAsync(Fake(_ => throw refusal), _clock, default)));
        await WarehouseProbe.AskAsync(Fake(static _ => Task.CompletedTask), _clock, default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            WarehouseProbe.AskAsync(Fake(SilentAsync), _clock, new CancellationToken(canceled: true)));
    }

    private static Task SilentAsync(CancellationToken token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);

    private static FakeWarehouse Fake(Func<CancellationToken, Task> check) => new(static _ => throw new NotSupportedException()) { OnCheck = check };

    private static InsertBatch Batch() => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = new TableSchema(Some.Table, []),
        Activation = default,
        Intents = [Some.Insert(1)],
        MayCommit = static _ => ValueTask.FromResult(true),
    };
}
