namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>Inserters, jobs, readers and optionally an incremental job, each of which draws its tables for every operation. Every started
/// operation runs to its end.</summary>
internal sealed class Workload(CycleSettings settings, CycleTables tables, ICycleWriter writer, PairReader reader, WorkTally tally,
    TimeProvider clock)
{
    private const int MostRows = 5;
    private const int MostValue = 1000;
    private const int InsertPauseMilliseconds = 50;
    private const int JobPauseMilliseconds = 400;
    private const int ReadPauseMilliseconds = 100;
    private const int CountPauseMilliseconds = 50;

    private long _lastId;

    public async Task RunAsync(TimeSpan length, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(length, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, settings.Inserters).Select(i => InsertAsync(Random(1, i), over.Token)),
            .. Enumerable.Range(0, settings.Jobs).Select(i => RunJobAsync(i, Random(2, i), over.Token)),
            .. Enumerable.Range(0, settings.Readers).Select(i => ReadAsync(Random(3, i), over.Token)),
            .. Enumerable.Range(0, settings.HasIncrements ? 1 : 0).Select(i => CountAsync(Random(4, i), over.Token)),
        ]).WaitAsync(ct);
    }

    /// <summary>Inserts one row into every table, so that each has its grain and its ledger.</summary>
    public Task TouchAsync() => Task.WhenAll(Enumerable.Range(0, tables.Count).Select(t => InsertAsync(t, Rows(new Random(settings.Seed), 1))));

    /// <summary>Runs the incremental job over every table once more, after all other writers have stopped: a row that this run does not count is
    /// never counted.</summary>
    public async Task CountAllAsync()
    {
        for (var table = 0; table < tables.Count; table++) await writer.CountAsync(table);
    }

    private async Task InsertAsync(Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var table = random.Next(tables.Count);
            var sent = clock.GetUtcNow();
            if (await InsertAsync(table, Rows(random, random.Next(1, MostRows + 1))))
                tally.Samples.Enqueue(new InsertSample(table, sent, clock.GetUtcNow()));
            await PauseAsync(random, InsertPauseMilliseconds, over);
        }
    }

    private async Task<bool> InsertAsync(int table, IReadOnlyList<CycleRow> rows)
    {
        if (!await tally.Inserts.TryAsync("insert into " + CycleTables.ShortName(table), () => writer.InsertAsync(table, rows))) return false;
        foreach (var row in rows) tally.Tables[table].OnReceipt(row.Id);
        return true;
    }

    private async Task RunJobAsync(int job, Random random, CancellationToken over)
    {
        for (var tick = 1L; !over.IsCancellationRequested; tick++)
        {
            var run = JobRun.Draw(random, job, tick, tables.Count);
            if (await tally.Runs.TryAsync(run.ToString(), async () => tally.FinishedRuns.Enqueue(await writer.RunAsync(run))))
            {
                foreach (var table in run.Writes)
                {
                    foreach (var id in run.RecordIds) tally.Tables[table].OnReceipt(id);
                }
            }

            await PauseAsync(random, JobPauseMilliseconds, over);
        }
    }

    private async Task ReadAsync(Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var one = random.Next(tables.Count);
            var other = (one + random.Next(1, tables.Count)) % tables.Count;
            var join = $"join of {CycleTables.ShortName(one)} and {CycleTables.ShortName(other)}";
            if (await tally.Reads.TryAsync(join, () => reader.ReadAsync(one, other))) tally.ReadEnds.Enqueue(clock.GetUtcNow().UtcDateTime);
            await PauseAsync(random, ReadPauseMilliseconds, over);
        }
    }

    private async Task CountAsync(Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var table = random.Next(tables.Count);
            await tally.Increments.TryAsync("count of " + CycleTables.ShortName(table), () => writer.CountAsync(table));
            await PauseAsync(random, CountPauseMilliseconds, over);
        }
    }

    private List<CycleRow> Rows(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new CycleRow(Interlocked.Increment(ref _lastId), random.Next(1, MostValue + 1)))];

    private async Task PauseAsync(Random random, int mostMilliseconds, CancellationToken over) =>
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(mostMilliseconds)), clock, over)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // Every worker has its own random source, so that its draws do not depend on the others' pace.
    private Random Random(int kind, int number) => new((((settings.Seed * 4) + kind) * 1000) + number);
}
