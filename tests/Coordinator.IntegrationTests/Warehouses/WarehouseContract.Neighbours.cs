using System.Globalization;
using System.Security.Cryptography;
using Coordinator.Files.Records;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>The stored value depends only on its column. Every value goes to every column type: alone in a transaction, and next to others in
/// bodies that are split in every way. <c>COORDINATOR_NEIGHBOUR_SEED</c> replays a run, <c>COORDINATOR_NEIGHBOUR_ROUNDS</c> shuffles more
/// often.</summary>
public abstract partial class WarehouseContract
{
    private const int IdsPerTrial = 1000;

    private const string Null = "\u241E";
    private const int FieldSeparator = 31;
    private const int RowSeparator = 30;

    private static readonly int[] ChunkRows = [1, 2, 3, 7, IdsPerTrial];

    /// <summary>The column types of the back end, with the rest of each column's definition in CREATE TABLE.</summary>
    protected virtual IReadOnlyList<string> NeighbourTypes =>
    [
        "smallint", "integer", "bigint", "real", "double precision", "numeric(38,18)", "numeric(38,0)", "numeric(10,2)", "text",
        "varchar(12)", "boolean",
        "timestamp", "timestamptz", "date", "bytea", SqlOf("json"), SqlOf("uuid"),
        "integer DEFAULT 7", "integer DEFAULT 7 NOT NULL", "text DEFAULT 'none'",
        "timestamp DEFAULT '2000-01-01'", "numeric(10,2) DEFAULT 1.5 NOT NULL",
    ];

    /// <summary>Types that the warehouse parses from text, with the texts that it accepts. Other refusals are known only in the
    /// transaction.</summary>
    protected virtual IReadOnlyDictionary<string, string[]> NeighbourTexts => new Dictionary<string, string[]>();

    [Fact]
    public async Task What_is_refused_alone_is_refused_beside_others_for_the_same_reason()
    {
        var (schema, random, _, seed) = await NeighboursAsync();
        foreach (var column in schema.Columns.Skip(1))
        {
            var narrow = new TableSchema(schema.Table, [schema.Columns[0], column]);
            foreach (var format in new[] { RowFormat.Ndjson, RowFormat.Csv })
            {
                var records = new NeighbourRecords(format, ["id", column.Name]);
                string[][] all = [.. records.Values.Select(static (value, i) => new[] { Id(i), value })];
                var alone = new string?[all.Length];
                for (var i = 0; i < all.Length; i++) alone[i] = Assert.Single(await records.JudgeAsync([all[i]], 1, narrow));
                Assert.True(Array.Exists(alone, static reason => reason is null), $"{column.TypeName} takes nothing");
                for (var round = 0; round < ChunkRows.Length; round++)
                {
                    var order = Enumerable.Range(0, all.Length).ToArray();
                    if (round > 0) random.Shuffle(order);
                    var beside = await records.JudgeAsync([.. order.Select(i => all[i])], ChunkRows[round], narrow);
                    for (var i = 0; i < order.Length; i++)
                    {
                        var (once, again) = (alone[order[i]], beside[i]);
                        var where = $"seed {seed}: {column.TypeName}, {format} {all[order[i]][1]}, in chunks of {ChunkRows[round]}";
                        Assert.True(once == again, $"{where}: alone {once ?? "taken"}, beside others {again ?? "taken"}");
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Rows_leave_the_same_table_one_by_one_and_in_every_chunking()
    {
        var (schema, random, rounds, seed) = await NeighboursAsync();
        var trial = 0;
        foreach (var format in new[] { RowFormat.Ndjson, RowFormat.Csv })
        {
            var records = new NeighbourRecords(format, [.. schema.Columns.Select(static c => c.Name)]);
            var rows = await FittingRowsAsync(records, schema);
            foreach (var row in rows) await CommitNeighboursAsync(schema, await records.ReadAsync(records.Body(Numbered([row], trial)), 1));
            var alone = await NeighbourTableAsync(schema, trial++);
            AreKept(schema, format, rows, alone);
            foreach (var chunkRows in ChunkRows)
            {
                await CommitNeighboursAsync(schema, await records.ReadAsync(records.Body(Numbered(rows, trial)), chunkRows));
                SameNeighbours(schema, alone, await NeighbourTableAsync(schema, trial++), $"{format} in chunks of {chunkRows}");
            }

            for (var round = 0; round < rounds; round++)
            {
                await CommitNeighboursAsync(schema, await ShuffledAsync(records, rows, trial, random));
                SameNeighbours(schema, alone, await NeighbourTableAsync(schema, trial++), $"seed {seed}: {format}, shuffle {round}");
            }
        }
    }

    private static List<string[]> Numbered(IEnumerable<string[]> rows, int trial) =>
        [.. rows.Select(row => (string[])[Id(trial * IdsPerTrial + int.Parse(row[0], CultureInfo.InvariantCulture)), .. row[1..]])];

    private static string Id(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Several bodies of any size, each with its columns in any order.</summary>
    private static async Task<List<RowBlock>> ShuffledAsync(NeighbourRecords records, IEnumerable<string[]> rows, int trial, Random random)
    {
        var left = Numbered(rows, trial).ToArray();
        random.Shuffle(left);
        var blocks = new List<RowBlock>();
        while (left.Length > 0)
        {
            var order = Enumerable.Range(0, left[0].Length).ToArray();
            random.Shuffle(order);
            var count = random.Next(1, left.Length + 1);
            blocks.AddRange(await records.ReadAsync(records.Body(left[..count], order), random.Next(1, count + 1)));
            left = left[count..];
        }

        return blocks;
    }

    /// <summary>Rows of values that each column accepts alone. No two columns cycle through their values in step.</summary>
    private async Task<List<string[]>> FittingRowsAsync(NeighbourRecords records, TableSchema schema)
    {
        var fitting = new List<List<string>>();
        foreach (var column in schema.Columns.Skip(1))
        {
            var narrow = new TableSchema(schema.Table, [schema.Columns[0], column]);
            var one = new NeighbourRecords(records.Format, ["id", column.Name]);
            var reasons = await one.JudgeAsync([.. one.Values.Select(static value => new[] { "0", value })], 1, narrow);
            var texts = NeighbourTexts.GetValueOrDefault(NeighbourTypes[fitting.Count]);
            fitting.Add([.. one.Values.Where((value, i) => reasons[i] is null
                && (records.Format == RowFormat.Csv || value != NeighbourValues.Absent)
                && (texts is null || texts.Any(text => value == text || value == $"\"{text}\"")))]);
        }

        return [.. Enumerable.Range(0, fitting.Max(static values => values.Count))
            .Select(row => (string[])[Id(row), .. fitting.Select((_, i) => Value(row, i))])];

        string Value(int row, int column) => IsAbsent(row, column) ? NeighbourValues.Absent : fitting[column][(row + column) % fitting[column].Count];

        // Some rows lack every other column. The combinations are few, because each is a separate statement.
        bool IsAbsent(int row, int column) => records.Format != RowFormat.Csv && (row + 4 * (column % 2)) % 8 == 0;
    }

    private void AreKept(TableSchema schema, RowFormat format, List<string[]> rows, List<string[]> stored)
    {
        Assert.Equal(rows.Count, stored.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var i = 1; i < rows[row].Length; i++)
            {
                var value = stored[row][i - 1];
                if (NeighbourTexts.ContainsKey(NeighbourTypes[i - 1])) continue;
                var isKept = NeighbourMeaning.IsKept(format, rows[row][i], schema.Columns[i], value == Null ? null : value);
                Assert.True(isKept, $"{schema.Columns[i].TypeName}, {format}: {rows[row][i]} became {value}");
            }
        }
    }

    private static void SameNeighbours(TableSchema schema, List<string[]> alone, List<string[]> found, string how)
    {
        Assert.True(alone.Count == found.Count, $"{how}: {found.Count} rows instead of {alone.Count}");
        for (var row = 0; row < alone.Count; row++)
        {
            for (var column = 0; column < alone[row].Length; column++)
            {
                var (once, again) = (alone[row][column], found[row][column]);
                Assert.True(once == again, $"{how}, row {row}, {schema.Columns[column + 1].TypeName}: {again} instead of {once} as alone");
            }
        }
    }

    private async Task<(TableSchema Schema, Random Random, int Rounds, int Seed)> NeighboursAsync()
    {
        static int Setting(string name, int otherwise) =>
            int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
        var seed = Setting("COORDINATOR_NEIGHBOUR_SEED", RandomNumberGenerator.GetInt32(int.MaxValue));
        Console.WriteLine($"{GetType().Name}: COORDINATOR_NEIGHBOUR_SEED={seed}");
        await RunAsync($"CREATE TABLE events (id bigint NOT NULL, {string.Join(", ", NeighbourTypes.Select(static (type, i) => $"v{i} {type}"))})");
        return (await Warehouse.OpenAsync(Events, Token), new Random(seed), Setting("COORDINATOR_NEIGHBOUR_ROUNDS", 3), seed);
    }

    private async Task CommitNeighboursAsync(TableSchema schema, IEnumerable<RowBlock> blocks)
    {
        var origin = Guid.NewGuid();
        await Warehouse.CommitAsync(Batch(schema, [.. blocks.Select((block, i) => Intent(Events, new IntentId(origin, i), block))]), Token);
    }

    /// <summary>The values of a trial as text, by id.</summary>
    private async Task<List<string[]>> NeighbourTableAsync(TableSchema schema, int trial)
    {
        var texts = schema.Columns.Skip(1).Select(static c => $"coalesce(CAST({c.Name} AS varchar), '{Null}')");
        var fields = string.Join($" || chr({FieldSeparator}) || ", texts);
        var first = trial * IdsPerTrial;
        var rows = $"SELECT string_agg({fields}, chr({RowSeparator}) ORDER BY id) FROM events";
        var text = (string?)await ScalarAsync($"{rows} WHERE id >= {first} AND id < {first + IdsPerTrial}");
        return [.. text!.Split((char)RowSeparator).Select(static row => row.Split((char)FieldSeparator))];
    }
}
