using System.Diagnostics;

namespace Coordinator.Demo;

/// <summary>The workload: inserters into <c>events</c>, a scheduled job that computes <c>summary</c> from <c>events</c>, and readers that join
/// both. The caller provides the writers.</summary>
internal sealed class Workload(DemoSettings settings, DemoWarehouse warehouse, DemoTables tables, TimeProvider time)
{
    /// <summary>Runs the workload for its time. Every started operation runs to its end, so that no outcome is unknown.</summary>
    /// <param name="open">Makes a writer for a source.</param>
    /// <param name="tally">Receives the counts.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task RunAsync(Func<string, Task<IDemoWriter>> open, Tally tally, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource(settings.Half, time);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var workers = new List<Task>();
        for (var i = 0; i < settings.Inserters; i++)
            workers.Add(InsertAsync(await open($"inserter-{i + 1}"), settings.Seed + i, tally, failed.Token, cancellationToken));
        for (var i = 0; i < settings.Updaters; i++)
            workers.Add(UpdateAsync(await open($"job-on-host-{i + 1}"), tally, failed.Token, cancellationToken));
        for (var i = 0; i < settings.Readers; i++) workers.Add(ReadAsync(tally, failed.Token, cancellationToken));
        try
        {
            // The failure of one worker ends all of them: partial figures would be misleading.
            await foreach (var worker in Task.WhenEach(workers)) await worker;
        }
        finally
        {
            await failed.CancelAsync();
            await Task.WhenAll(workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        tally.Elapsed = Stopwatch.GetElapsedTime(started);
    }

    private async Task InsertAsync(IDemoWriter writer, int seed, Tally tally, CancellationToken over, CancellationToken cancellationToken)
    {
        await using var _ = writer;
        var random = new Random(seed);
        while (!over.IsCancellationRequested)
        {
            var rows = EventRow.Make(random, settings.RowsPerInsert);
            if (await CountAsync(tally.Inserts, () => writer.InsertAsync(rows, cancellationToken))) tally.Acknowledge(rows);
        }
    }

    private async Task UpdateAsync(IDemoWriter writer, Tally tally, CancellationToken over, CancellationToken cancellationToken)
    {
        await using var _ = writer;
        await EveryAsync(settings.JobPeriod, () => CountAsync(tally.Updates, () => writer.UpdateAsync(cancellationToken)), over);
    }

    private async Task ReadAsync(Tally tally, CancellationToken over, CancellationToken cancellationToken)
    {
        await using var reader = new DirectSession(await warehouse.OpenAsync(cancellationToken), warehouse, tables);
        await EveryAsync(settings.ReadPeriod, () => CountAsync(tally.Reads, () => reader.ReadAsync(cancellationToken)), over);
    }

    private async Task EveryAsync(TimeSpan period, Func<Task> work, CancellationToken over)
    {
        using var timer = new PeriodicTimer(period, time);
        while (!over.IsCancellationRequested)
        {
            await work();
            try
            {
                await timer.WaitForNextTickAsync(over);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<bool> CountAsync(OperationTally tally, Func<Task<bool>> operation)
    {
        var started = Stopwatch.GetTimestamp();
        var committed = await operation();
        tally.Count(committed, Stopwatch.GetElapsedTime(started));
        return committed;
    }
}
