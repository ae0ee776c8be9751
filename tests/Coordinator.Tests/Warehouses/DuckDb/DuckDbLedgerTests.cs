using Coordinator.Core.Ledger;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Tests.Warehouses.DuckDb;

/// <summary>The contents of a ledger, and the handling of a ledger of an earlier version.</summary>
public sealed class DuckDbLedgerTests : IDisposable
{
    private const string LedgerOfBefore = """
        CREATE SCHEMA coordinator; CREATE SCHEMA public;
        CREATE TABLE public.events (id bigint);
        INSERT INTO public.events VALUES (0);
        CREATE TABLE coordinator."public.events" (
            origin UUID NOT NULL, first_sequence BIGINT NOT NULL, last_sequence BIGINT NOT NULL, rows BIGINT NOT NULL,
            batch_id UUID NOT NULL, activation VARCHAR NOT NULL, started_at TIMESTAMPTZ NOT NULL, ended_at TIMESTAMPTZ NOT NULL);
        COMMENT ON TABLE coordinator."public.events" IS 'public.events';
        CREATE TABLE coordinator."public.events#fence" (turns BIGINT NOT NULL);
        INSERT INTO coordinator."public.events#fence" VALUES (1);
        """;

    private static readonly TableName Events = TableName.Parse("events");
    private static readonly Guid Content = ContentHash.Of("content"u8);
    private readonly string _folder = Directory.CreateTempSubdirectory("coordinator-ledger-").FullName;
    private readonly DuckDbBench _bench = new();

    public void Dispose()
    {
        _bench.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Content_is_kept_and_known_again()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint");
        await _bench.CommitAsync(schema, Row(0, Content), Row(1), Row(2));

        var again = await _bench.CommitAsync(schema, Row(0, Content), Row(1));

        var (own, shared) = (again.Already[DuckDbBench.Id(0)].Range, again.Already[DuckDbBench.Id(1)].Range);
        Assert.Equal((Content, 0L, 0L), (own.Content, own.First, own.Last));
        Assert.Equal((Guid.Empty, 1L, 2L), (shared.Content, shared.First, shared.Last));
    }

    [Fact]
    public async Task A_ledger_forgets_after_its_retention_but_no_part_of_a_file_that_is_in_use()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var bench = new DuckDbBench(time: clock);
        var schema = await bench.OpenAsync(Events, "id bigint");
        var anchor = Guid.NewGuid();
        await bench.CommitAsync(schema, Row(0, Content, anchor));
        var other = new InsertIntent { Id = new IntentId(Guid.NewGuid(), 0), Table = Events, Rows = Row(9).Rows };
        await bench.CommitAsync(schema, other);
        clock.Advance(TimeSpan.FromDays(20));
        await bench.CommitAsync(schema, Row(1, Content));
        clock.Advance(TimeSpan.FromDays(20));
        await bench.CommitAsync(schema, Row(2, Content));

        var ofFile = await FindAsync(bench, new SequenceRange(DuckDbBench.Id(0).Origin, 0, 9, 0));
        Assert.Equal([0L, 1L, 2L], ofFile.Select(static k => k.Range.First).Order());
        Assert.Single(await FindAsync(bench, SequenceRange.Anchor(anchor, default)));
        Assert.Empty(await FindAsync(bench, new SequenceRange(other.Id.Origin, 0, 0, 0)));

        clock.Advance(TimeSpan.FromDays(40));
        await bench.CommitAsync(schema, other);
        Assert.Empty(await FindAsync(bench, SequenceRange.Anchor(anchor, default)));
    }

    [Fact]
    public async Task Anchors_lead_to_the_origin_and_are_kept_once()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint");
        var anchor = Guid.NewGuid();
        await _bench.CommitAsync(schema, Row(0, Content, anchor));
        await _bench.CommitAsync(schema, Row(1, Content, anchor));

        var found = Assert.Single(await FindAsync(_bench, SequenceRange.Anchor(anchor, default)));

        Assert.Equal((DuckDbBench.Id(0).Origin, 0L), (found.Range.Content, found.Range.Rows));
    }

    [Fact]
    public async Task Ranges_are_found_each_once_up_to_the_last_number_and_without_their_table()
    {
        var schema = await _bench.OpenAsync(Events, "id bigint");
        await _bench.CommitAsync(schema, Row(5), Row(6), Row(7));
        await _bench.CommitAsync(schema, Row(9, Content));
        await _bench.RunAsync("DROP TABLE events");
        var origin = DuckDbBench.Id(0).Origin;

        var all = await FindAsync(_bench, new SequenceRange(origin, 0, long.MaxValue, 0), new SequenceRange(origin, 6, 6, 0));
        var none = await FindAsync(_bench, new SequenceRange(origin, 8, 8, 0), new SequenceRange(Guid.NewGuid(), 0, long.MaxValue, 0));

        Assert.Equal(
            [(5L, 7L, 3L, Guid.Empty), (9L, 9L, 1L, Content)],
            all.Select(static k => (k.Range.First, k.Range.Last, k.Range.Rows, k.Range.Content)).Order());
        Assert.Empty(none);
        Assert.Empty(await FindAsync(_bench));
        Assert.Empty(await _bench.Warehouse.FindRangesAsync(TableName.Parse("never"), [new SequenceRange(origin, 0, 9, 0)], CancellationToken.None));
    }

    [Fact]
    public async Task An_update_keeps_its_content()
    {
        await _bench.OpenAsync(Events, "id bigint");
        var update = DuckDbBench.Update("DELETE FROM events", 0, Events);
        var intent = new UpdateIntent { Id = update.Intent.Id, Sql = update.Intent.Sql, Writes = update.Intent.Writes, ContentHash = Content };
        update = update with { Intent = intent };

        var first = await _bench.Warehouse.ExecuteAsync(update, CancellationToken.None);
        var second = await _bench.Warehouse.ExecuteAsync(update with { BatchId = Guid.NewGuid() }, CancellationToken.None);

        Assert.Equal((Content, Content, true), (first.Range.Content, second.Range.Content, second.Already is not null));
    }

    [Fact]
    public async Task A_file_of_the_version_before_is_read_as_it_is_and_gets_what_it_lacks_when_its_table_is_opened()
    {
        var file = Path.Combine(_folder, "before.duckdb");
        using (var before = new DuckDbBench(file))
        {
            await before.RunAsync("DROP SCHEMA IF EXISTS public CASCADE; " + LedgerOfBefore);
            var origin = DuckDbBench.Id(0).Origin;
            await before.RunAsync($"INSERT INTO coordinator.\"public.events\" VALUES ('{origin}', 0, 0, 1, uuid(), 'before', now(), now())");
        }

        using var bench = new DuckDbBench(file);
        var range = new SequenceRange(DuckDbBench.Id(0).Origin, 0, long.MaxValue, 0);
        Assert.Equal((0L, Guid.Empty), Assert.Single((await FindAsync(bench, range)).Select(static k => (k.Range.First, k.Range.Content))));
        Assert.NotNull(await bench.Ledgers.FindAsync(DuckDbBench.Id(0), CancellationToken.None));

        var schema = await bench.Warehouse.OpenAsync(Events, CancellationToken.None);
        var result = await bench.CommitAsync(schema, Row(0), Row(1, Content));
        await bench.Warehouse.ExecuteAsync(DuckDbBench.Update("DELETE FROM events WHERE id = 1", 2, Events), CancellationToken.None);

        Assert.Equal([DuckDbBench.Id(0)], result.Already.Keys);
        Assert.Equal(["0"], await bench.ReadAsync("SELECT id FROM events"));
        Assert.Equal(
            [(0L, Guid.Empty), (1L, Content), (2L, Guid.Empty)],
            (await FindAsync(bench, range)).Select(static k => (k.Range.First, k.Range.Content)).Order());
        Assert.Equal(Events, (await bench.Ledgers.FindAsync(DuckDbBench.Id(1), CancellationToken.None))!.Table);
    }

    [Fact]
    public async Task An_update_alone_brings_a_ledger_of_the_version_before_up_to_date()
    {
        await _bench.RunAsync("DROP SCHEMA IF EXISTS public CASCADE; " + LedgerOfBefore);

        await _bench.Warehouse.ExecuteAsync(DuckDbBench.Update("DELETE FROM public.events", 0, Events), CancellationToken.None);

        Assert.Equal(["content"], await _bench.ReadAsync("SELECT name FROM pragma_table_info('coordinator.\"public.events\"') WHERE cid = 8"));
    }

    private static Task<IReadOnlyList<KnownRange>> FindAsync(DuckDbBench bench, params SequenceRange[] ranges) =>
        bench.Warehouse.FindRangesAsync(Events, ranges, CancellationToken.None);

    private static InsertIntent Row(long id, Guid content = default, params Guid[] anchors) => new()
    {
        Id = DuckDbBench.Id(id),
        Table = Events,
        Rows = DuckDbBench.Rows(("id", ColumnType.Int64, [id])),
        ContentHash = content,
        Anchors = anchors,
    };
}
