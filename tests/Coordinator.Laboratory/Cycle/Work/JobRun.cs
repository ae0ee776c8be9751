using System.Globalization;
using Coordinator.Intents;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>One run of a job. In every table that it writes it records its view of all tables that it reads, and updates that table's total in
/// place.</summary>
internal sealed record JobRun(int Job, long Tick, IReadOnlyList<int> Writes, IReadOnlyList<int> Reads, TimeSpan Pause)
{
    /// <summary>The maximum number of tables of a run.</summary>
    public const int MostTables = 6;

    private const int MostWrites = 3;
    private const int MostPauseMilliseconds = 100;
    private const long IdsPerJob = 1_000_000_000_000;
    private const int IdsPerTick = 100;
    private const int Values = 1000;

    public string Source => string.Create(CultureInfo.InvariantCulture, $"job-{Job:00}");

    public IntentId Id => new(IntentId.OriginOf(Source), Tick);

    /// <summary>The ids of the records in a written table, unique to the run.</summary>
    public IEnumerable<long> RecordIds => Enumerable.Range(1, Reads.Count + 1).Select(i => FirstId - i);

    private long FirstId => -((Job + 1) * IdsPerJob) - (Tick * IdsPerTick);

    /// <summary>Draws the sets: 1 to 6 tables, up to three of which are written.</summary>
    public static JobRun Draw(Random random, int job, long tick, int tables)
    {
        var all = Enumerable.Range(0, tables).ToArray();
        random.Shuffle(all);
        var size = random.Next(1, Math.Min(MostTables, tables) + 1);
        var writes = random.Next(1, Math.Min(MostWrites, size) + 1);
        return new JobRun(job, tick, all[..writes], all[writes..size], TimeSpan.FromMilliseconds(random.Next(MostPauseMilliseconds)));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Source}.{Tick} writing {string.Join(", ", Writes.Select(CycleTables.ShortName))} reading "
            + $"{string.Join(", ", Reads.Select(CycleTables.ShortName))}");

    public string Sql(CycleTables tables) =>
        string.Concat(Writes.Select(w => Record(tables, w))) + tables.Dialect.Sleep(Pause) + string.Concat(Writes.Select(w => Add(tables, w)));

    private string Record(CycleTables tables, int written)
    {
        var seen = Reads
            .Select(r => $"SELECT '{CycleTables.ShortName(r)}' AS of, count(*) AS count, sum(value)::bigint AS sum, 0 AS added FROM {tables.Name(r)}")
            .Append($"SELECT '{CycleTables.ShortName(written)}', count(*), sum(value)::bigint, ({Gain(tables)}) FROM {tables.Name(written)}");
        return string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO {tables.Name(written)} (id, value, source, tick, of, count, sum, added)
            SELECT {FirstId} - row_number() OVER (), {1 + (Tick % Values)}, '{Source}', {Tick}, seen.* FROM ({string.Join(" UNION ALL ", seen)}) AS seen;

            """);
    }

    private string Add(CycleTables tables, int written) => $"UPDATE {tables.Name(written)} SET value = value + ({Gain(tables)}) WHERE id = 0;\n";

    /// <summary>The value added to a total: a count over the tables read, joined if there are two or more.</summary>
    private string Gain(CycleTables tables) => Reads switch
    {
        [] => "SELECT 1",
        [var one] => $"SELECT count(*) FROM {tables.Name(one)}",
        [var one, var two, ..] => $"SELECT count(*) FROM {tables.Name(one)} JOIN {tables.Name(two)} USING (value)",
        _ => throw new InvalidOperationException("A list is empty or is not."),
    };
}
