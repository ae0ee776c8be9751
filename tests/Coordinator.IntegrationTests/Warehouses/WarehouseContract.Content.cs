using Coordinator.Core.Ledger;
using Coordinator.Intents;

namespace Coordinator.IntegrationTests.Warehouses;

public abstract partial class WarehouseContract
{
    [Fact]
    public async Task A_content_hash_is_found_with_its_intent_and_with_omitted_intents()
    {
        var schema = await OpenEventsAsync();
        var (hashed, plain) = (Hashed(NewId()), Intent(Events, NewId(), EventRows()));
        await Warehouse.CommitAsync(BoundBatch(schema, hashed, plain), Token);

        var found = await Warehouse.FindRangesAsync(Events, [Whole(hashed.Id.Origin), Whole(plain.Id.Origin), Whole(Guid.NewGuid())], Token);
        Assert.Equal(2, found.Count);
        Assert.Equal(hashed.ContentHash, found.Single(known => known.Has(hashed.Id)).Range.Content);
        Assert.Equal(Guid.Empty, found.Single(known => known.Has(plain.Id)).Range.Content);

        var already = (await Warehouse.CommitAsync(BoundBatch(schema, hashed, plain), Token)).Already;
        Assert.Equal((hashed.ContentHash, 1L), (already[hashed.Id].Range.Content, already[hashed.Id].Range.Rows));
        Assert.Equal(Guid.Empty, already[plain.Id].Range.Content);
    }

    [Fact]
    public async Task An_update_keeps_the_hash_of_its_content()
    {
        await OpenEventsAsync();
        var run = Run("INSERT INTO events VALUES (1, 'a')", NewId(), Events);
        run = run with
        {
            Intent = new UpdateIntent
            {
                Id = run.Intent.Id,
                Sql = run.Intent.Sql,
                Writes = [Events],
                Source = "test",
                ContentHash = Guid.NewGuid()
            }
        };
        Assert.Equal(run.Intent.ContentHash, (await Warehouse.ExecuteAsync(run, Token)).Range.Content);
        var again = await Warehouse.ExecuteAsync(run with { BatchId = Guid.NewGuid() }, Token);
        Assert.NotNull(again.Already);
        Assert.Equal(run.Intent.ContentHash, again.Range.Content);
        Assert.Equal(run.Intent.ContentHash,
            Assert.Single(await Warehouse.FindRangesAsync(Events, [Whole(run.Intent.Id.Origin)], Token)).Range.Content);
    }

    [Fact]
    public async Task Anchors_lead_to_the_origin_that_they_stand_for_and_may_come_again()
    {
        var schema = await OpenEventsAsync();
        Guid[] anchors = [Guid.NewGuid(), Guid.NewGuid()];
        var origin = Guid.NewGuid();
        await Warehouse.CommitAsync(BoundBatch(schema, Anchored(new IntentId(origin, 0), anchors[0])), Token);
        await Warehouse.CommitAsync(BoundBatch(schema, Anchored(new IntentId(origin, 1), anchors)), Token);
        await Warehouse.CommitAsync(BoundBatch(schema, Anchored(NewId(), anchors)), Token);

        var found = await Warehouse.FindRangesAsync(Events, [.. anchors.Select(static anchor => SequenceRange.Anchor(anchor, default))], Token);
        Assert.Equal(anchors.Order(), found.Select(static known => known.Range.Origin).Order());
        Assert.All(found, known => Assert.Equal(SequenceRange.Anchor(known.Range.Origin, origin), known.Range));
        Assert.Equal(3, await CountAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Ranges_are_found_by_what_they_overlap_with_and_none_without_a_ledger()
    {
        var origin = Guid.NewGuid();
        Assert.Empty(await Warehouse.FindRangesAsync(Events, [Whole(origin)], Token));
        var schema = await OpenEventsAsync();
        Assert.Empty(await Warehouse.FindRangesAsync(Events, [Whole(origin)], Token));
        await Warehouse.CommitAsync(BoundBatch(schema, Intents(Events, origin, 10, first: 10)), Token);
        await Warehouse.CommitAsync(BoundBatch(schema, Intents(Events, origin, 5, first: 30)), Token);
        Assert.Empty(await FirstsAsync(0, 9));
        Assert.Empty(await FirstsAsync(20, 29));
        Assert.Equal([10L], await FirstsAsync(0, 10));
        Assert.Equal([10L], await FirstsAsync(12, 13));
        Assert.Equal([10L, 30L], await FirstsAsync(19, 30));
        Assert.Equal([30L], await FirstsAsync(34, long.MaxValue));
        Assert.Empty(await FirstsAsync(35, long.MaxValue));
        Assert.Equal(2, (await Warehouse.FindRangesAsync(
            Events, [new(origin, 11, 12, 0), new(origin, 13, 14, 0), new(origin, 33, 40, 0)], Token)).Count);

        async Task<IEnumerable<long>> FirstsAsync(long first, long last) =>
            (await Warehouse.FindRangesAsync(Events, [new(origin, first, last, 0)], Token)).Select(static known => known.Range.First).Order();
    }

    [Fact]
    public async Task A_ledger_of_an_earlier_version_is_brought_up_to_date_and_still_knows()
    {
        var schema = await OpenEventsAsync();
        var old = Intent(Events, NewId(), EventRows());
        await Warehouse.CommitAsync(BoundBatch(schema, old), Token);
        await RunAsync($"ALTER TABLE {LedgerOf(Events)} DROP COLUMN content");
        // It also answers before the table is opened, as after a DROP.
        Assert.Equal(Guid.Empty, Assert.Single(await Warehouse.FindRangesAsync(Events, [Whole(old.Id.Origin)], Token)).Range.Content);
        Assert.NotNull(await Search.FindAsync(old.Id, Token));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Warehouse.OpenAsync(Events, Token))));
        var hashed = Hashed(NewId());
        Assert.Single((await Warehouse.CommitAsync(BoundBatch(schema, old, hashed), Token)).Already);
        Assert.Equal(hashed.ContentHash, Assert.Single(await Warehouse.FindRangesAsync(Events, [Whole(hashed.Id.Origin)], Token)).Range.Content);
    }

    private static SequenceRange Whole(Guid origin) => new(origin, 0, long.MaxValue, 0);

    private static InsertIntent Hashed(IntentId id) =>
        new() { Id = id, Table = Events, Rows = EventRows(), Source = "test", ContentHash = Guid.NewGuid() };

    private static InsertIntent Anchored(IntentId id, params Guid[] anchors) =>
        new() { Id = id, Table = Events, Rows = EventRows(1, id.Sequence), Source = "test", Anchors = anchors };
}
