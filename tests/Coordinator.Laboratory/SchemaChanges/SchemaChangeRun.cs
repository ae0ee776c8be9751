using System.Collections.Concurrent;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>Every pair of column types, changed in every way, by an outside session and by an update, between writes and during
/// writes.</summary>
internal sealed class SchemaChangeRun(string name, int seed, int most, bool isBlind, TimeSpan answerWithin, Action<string> report)
{
    private const int AtOnce = 16;

    public async Task<SchemaChangeReport> RunAsync(CancellationToken ct)
    {
        await using var warehouse = await OpenAsync();
        await using var silo = await AlteredSilo.StartAsync(warehouse.SiloSettings, isBlind);
        var cases = Cases(warehouse.Kinds);
        var (counts, problems) = (new SchemaChangeCounts(), new ConcurrentQueue<string>());
        var done = 0;
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (change, _) =>
        {
            var found = await new SchemaChangeTrial(warehouse, silo.Client, answerWithin).RunAsync(change, counts);
            counts.Note(found is not null);
            foreach (var problem in found ?? []) problems.Enqueue(problem);
            if (Interlocked.Increment(ref done) % 100 == 0)
                report(FormattableString.Invariant($"{done} of {cases.Count} changes, {problems.Count} problems"));
        });
        return new SchemaChangeReport(name, seed, counts.Cases, counts.Impossible, counts.Committed, counts.Refused, counts.SlowestSeconds,
            [.. problems]);
    }

    private async Task<IAlteredWarehouse> OpenAsync() => name switch
    {
        "duckdb" => new AlteredDuckDb(),
        "redshift-serializable" => await AlteredPostgres.StartAsync(WarehouseKind.RedshiftSerializable),
        "redshift-snapshot" => await AlteredPostgres.StartAsync(WarehouseKind.RedshiftSnapshot),
        _ => await AlteredPostgres.StartAsync(WarehouseKind.Postgres),
    };

    private List<SchemaChangeCase> Cases(IReadOnlyList<ColumnKind> kinds)
    {
        var all = new List<SchemaChangeCase>();
        foreach (var from in kinds)
        {
            foreach (var to in kinds)
            {
                foreach (var alteration in Enum.GetValues<Alteration>())
                {
                    foreach (var actor in Enum.GetValues<Actor>())
                    {
                        all.Add(new SchemaChangeCase(all.Count, from, to, alteration, actor, MidTraffic: false));
                        all.Add(new SchemaChangeCase(all.Count, from, to, alteration, actor, MidTraffic: true));
                    }
                }
            }
        }

        var chosen = all.ToArray();
        if (most <= 0 || most >= chosen.Length) return [.. chosen];
        new Random(seed).Shuffle(chosen);
        return [.. chosen.Take(most)];
    }
}
