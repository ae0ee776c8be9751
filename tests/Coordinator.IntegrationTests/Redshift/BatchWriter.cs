using System.Diagnostics;
using Coordinator.Core.Committing;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Commits batches one after another, as a table grain does, and counts the retries.</summary>
internal sealed class BatchWriter : ICommitObserver
{
    private int _retries;

    private long _longest;

    public int Retries => Volatile.Read(ref _retries);

    /// <summary>The longest time to the outcome of a batch.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    /// <summary>Returns the number of acknowledged rows.</summary>
    public async Task<long> WriteAsync(IWarehouse warehouse, TableName table, int seed, Func<bool> goesOn, Func<long, Task>? pause = null)
    {
        var schema = await warehouse.OpenAsync(table, default);
        var retry = new TableRetry(new RetryOptions { MaxRetries = 50 }, TimeProvider.System, new Random(seed));
        var committer = new BatchCommitter(warehouse, token => warehouse.OpenAsync(table, token), retry, TimeProvider.System, this);
        var rows = 0L;
        while (goesOn())
        {
            if (pause is not null) await pause(rows);
            var began = Stopwatch.GetTimestamp();
            var outcomes = await committer.CommitAsync(RedshiftTestBase.Batch(schema, rows, 5), default);
            Assert.All(outcomes.Values, static outcome => Assert.NotNull(outcome.Receipt));
            rows += 5;
            // Two writers may meet here; the longer one wins unless both do so at once, which costs a figure of a report.
            var ticks = Stopwatch.GetElapsedTime(began).Ticks;
            if (ticks > Interlocked.Read(ref _longest)) Interlocked.Exchange(ref _longest, ticks);
        }

        return rows;
    }

    void ICommitObserver.OnCommitted(long rows, TimeSpan took)
    {
    }

    void ICommitObserver.OnGivenUp(WarehouseException failure)
    {
        // The caller gets the failure, and the test sees it there.
    }

    void ICommitObserver.OnRetry(WarehouseException failure) => Interlocked.Increment(ref _retries);
}
