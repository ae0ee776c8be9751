using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Tests.Warehouses.DuckDb;

public sealed class DuckDbWarehouseTests : IDisposable
{
    private static readonly TableName Events = TableName.Parse("events");
    private readonly DuckDbBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_batch_is_committed_once_and_then_known()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint");
        var first = await _bench.Warehouse.CommitAsync(DuckDbBench.Batch(schema, Row(0), Row(1)), CancellationToken.None);
        var second = await _bench.Warehouse.CommitAsync(DuckDbBench.Batch(schema, Row(1), Row(2)), CancellationToken.None);

        Assert.Empty(first.Already);
        Assert.Equal([DuckDbBench.Id(1)], second.Already.Keys);
        Assert.Equal(["0", "1", "2"], await _bench.ReadAsync("SELECT id FROM events ORDER BY id"));
        Assert.Equal(["0-1", "2-2"],
            await _bench.ReadAsync("SELECT first_sequence || '-' || last_sequence FROM coordinator.\"public.events\" ORDER BY first_sequence"));
        var found = await _bench.Ledgers.FindAsync(DuckDbBench.Id(2), CancellationToken.None);
        Assert.Equal((Events, second.CommittedAt, 1L), (found!.Table, found.Receipt.CommittedAt!.Value, found.Receipt.Rows));
        Assert.Null(await _bench.Ledgers.FindAsync(DuckDbBench.Id(3), CancellationToken.None));
    }

    [Fact]
    public async Task The_second_of_two_overlapping_writers_of_one_table_meets_the_fence()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint");
        WarehouseException? rival = null;
        var batch = DuckDbBench.Batch(schema, Row(0)) with
        {
            MayCommit = async token =>
            {
                rival = await Assert.ThrowsAsync<WarehouseException>(() => _bench.Warehouse.CommitAsync(DuckDbBench.Batch(schema, Row(1)), token));
                return true;
            },
        };
        await _bench.Warehouse.CommitAsync(batch, CancellationToken.None);

        Assert.Equal((FailureKind.Conflict, true), (rival!.Kind, rival.IsOverlap));
        Assert.Equal(["0"], await _bench.ReadAsync("SELECT id FROM events"));
    }

    [Fact]
    public async Task An_update_overlapping_an_insert_of_its_written_table_meets_the_fence()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint");
        WarehouseException? rival = null;
        var batch = DuckDbBench.Batch(schema, Row(0)) with
        {
            MayCommit = async token =>
            {
                rival = await Assert.ThrowsAsync<WarehouseException>(() =>
                    _bench.Warehouse.ExecuteAsync(DuckDbBench.Update("DELETE FROM events", 9, Events), token));
                return true;
            },
        };
        await _bench.Warehouse.CommitAsync(batch, CancellationToken.None);

        Assert.Equal((FailureKind.Conflict, true), (rival!.Kind, rival.IsOverlap));
    }

    [Fact]
    public async Task A_lost_turn_leaves_neither_rows_nor_ledger()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint");
        var batch = DuckDbBench.Batch(schema, Row(0)) with { MayCommit = static _ => ValueTask.FromResult(false) };

        var lost = await Assert.ThrowsAsync<WarehouseException>(() => _bench.Warehouse.CommitAsync(batch, CancellationToken.None));

        Assert.Equal(FailureKind.TurnLost, lost.Kind);
        Assert.Empty(await _bench.ReadAsync("SELECT id FROM events UNION ALL SELECT rows FROM coordinator.\"public.events\""));
    }

    [Fact]
    public async Task Columns_left_out_take_defaults_that_are_no_constants()
    {
        await _bench.RunAsync("CREATE SEQUENCE numbers");
        var schema = await _bench.OpenAsync(Events, "n bigint DEFAULT nextval('numbers'), id bigint, small tinyint");

        await _bench.Warehouse.CommitAsync(DuckDbBench.Batch(schema, Row(7), Row(8)), CancellationToken.None);

        Assert.Equal(["1/7/null", "2/8/null"],
            await _bench.ReadAsync("SELECT n || '/' || id || '/' || coalesce(small::varchar, 'null') FROM events ORDER BY n"));
    }

    [Fact]
    public async Task Every_type_comes_back_as_it_went_in()
    {
        var schema = await _bench.OpenAsync(Events, "i smallint, n integer, l bigint, f float, d double, c decimal(10,2), t varchar, b boolean, ts "
            + "timestamp, tz timestamptz, da date, u uuid, bl blob, j json");
        Assert.Equal(
            [WarehouseType.Int16, WarehouseType.Int32, WarehouseType.Int64, WarehouseType.Float32, WarehouseType.Float64, WarehouseType.Decimal,
                WarehouseType.Text, WarehouseType.Boolean,
             WarehouseType.Timestamp, WarehouseType.TimestampTz, WarehouseType.Date, WarehouseType.Uuid, WarehouseType.Bytes, WarehouseType.Json],
            schema.Columns.Select(static c => c.Type));
        var rows = new RowBlockBuilder(new RowSchema([.. schema.Columns.Select(static c => (c.Name, c.WireType))]));
        rows[0].Append(-3L);
        rows[1].Append(4L);
        rows[2].Append(long.MaxValue);
        rows[3].Append(1.5);
        rows[4].Append(2.25);
        rows[5].Append("12.34");
        rows[6].Append("grüß\u0001🙂");
        rows[7].Append(true);
        rows[8].AppendTimestamp(new DateTime(2026, 2, 3, 4, 5, 6));
        rows[9].Append(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)));
        rows[10].Append(new DateOnly(1969, 7, 20));
        rows[11].Append(Guid.Parse("0190a5c0-1111-7222-8333-444455556666"));
        rows[12].Append((ReadOnlySpan<byte>)[0, 255]);
        rows[13].Append("{\"a\": 1}");
        for (var i = 0; i < schema.Columns.Count; i++) rows[i].AppendNull();

        await _bench.Warehouse.CommitAsync(
            DuckDbBench.Batch(schema, new InsertIntent { Id = DuckDbBench.Id(0), Table = Events, Rows = rows.Build() }), CancellationToken.None);

        var texts = string.Join(", ", schema.Columns.Select(static c => c.Name + "::varchar"));
        Assert.Equal(
            ["-3|4|9223372036854775807|1.5|2.25|12.34|grüß\u0001🙂|true|2026-02-03 04:05:06|2026-02-03 "
                + "02:05:06+00|1969-07-20|0190a5c0-1111-7222-8333-444455556666|\\x00\\xFF|{\"a\": 1}"],
            await _bench.ReadAsync($"SELECT concat_ws('|', {texts}) FROM events WHERE i IS NOT NULL"));
        Assert.Equal(["1"], await _bench.ReadAsync($"SELECT count(*) FROM events WHERE coalesce({texts}) IS NULL"));
    }

    [Fact]
    public async Task A_plain_create_table_lands_in_public()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint");
        Assert.Equal("public", schema.Table.Schema);
    }

    [Fact]
    public async Task An_update_runs_once_and_a_second_submission_finds_it()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint");
        await _bench.Warehouse.CommitAsync(DuckDbBench.Batch(schema, Row(0), Row(1)), CancellationToken.None);
        var update = DuckDbBench.Update("UPDATE events SET id = id + 10", 5, Events);

        var first = await _bench.Warehouse.ExecuteAsync(update, CancellationToken.None);
        var second = await _bench.Warehouse.ExecuteAsync(update with { BatchId = Guid.NewGuid() }, CancellationToken.None);

        Assert.Equal((2L, null), (first.RowsAffected, first.Already));
        Assert.Equal((2L, update.BatchId, first.CommittedAt), (second.RowsAffected, second.Already!.BatchId, second.CommittedAt));
        Assert.Equal(["10", "11"], await _bench.ReadAsync("SELECT id FROM events ORDER BY id"));
    }

    [Fact]
    public async Task A_file_in_a_folder_that_does_not_exist_is_made_and_outlives_its_warehouse()
    {
        var file = Path.Combine(Path.GetTempPath(), "coordinator-" + Guid.NewGuid().ToString("N"), "warehouse.duckdb");
        try
        {
            using (var first = new DuckDbBench("Data Source=" + file))
            {
                await first.RunAsync("CREATE TABLE events (id bigint)");
                await first.Warehouse.CommitAsync(
                    DuckDbBench.Batch(await first.Warehouse.OpenAsync(Events, CancellationToken.None), Row(0)), CancellationToken.None);
            }

            using var second = new DuckDbBench(file);
            var again = await second.Warehouse.CommitAsync(
                DuckDbBench.Batch(await second.Warehouse.OpenAsync(Events, CancellationToken.None), Row(0)), CancellationToken.None);
            Assert.Single(again.Already);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static InsertIntent Row(long id) => DuckDbBench.Insert(Events, id, ("id", id));
}
