using Coordinator.Core.Ledger;
using Coordinator.Core.Searching;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;
using Coordinator.Tests.Committing;

namespace Coordinator.Tests.Searching;

public sealed class LedgerSearchTests
{
    private static readonly TableName[] Tables = [.. Enumerable.Range(0, 250).Select(static i => TableName.Parse($"t{i}"))];

    private readonly FakeWarehouse _warehouse = new(static _ => throw new NotSupportedException())
    {
        Ledgers = Tables,
        OnFind = static _ => Task.FromResult<FoundRange?>(null),
    };

    private readonly LedgerSearch _search;

    public LedgerSearchTests() => _search = new LedgerSearch(_warehouse);

    [Fact]
    public async Task An_origin_that_tells_its_table_is_looked_up_in_one_ledger()
    {
        var id = new IntentId(TableOrigin.New(Tables[7]), 3);
        _warehouse.Known.Add(Row(id, 0, 5, rows: 12));

        var found = await _search.FindAsync(id, default);

        Assert.Equal((Tables[7], WriteStatus.AlreadyCommitted, 0L), (found!.Table, found.Receipt.Status, found.Receipt.Rows));
        Assert.Equal(id with { Sequence = 0 }, found.First);
        Assert.NotNull(await _search.FindAsync(id with { Sequence = 5 }, default));
        Assert.Equal(1, _warehouse.Listings);
        // A table that is new could have it, and no ledger of another table is opened.
        Assert.Null(await _search.FindAsync(id with { Sequence = 6 }, default));
        Assert.Equal(2, _warehouse.Listings);
        Assert.Empty(_warehouse.Searches);
    }

    [Fact]
    public async Task The_ledgers_are_listed_again_for_a_table_that_is_new()
    {
        await _search.FindAsync(new IntentId(TableOrigin.New(Tables[7]), 3), default);
        var table = TableName.Parse("late");
        var id = new IntentId(TableOrigin.New(table), 0);
        _warehouse.Ledgers = [.. Tables, table];
        _warehouse.Known.Add(Row(id, 0, 0, rows: 12));

        var found = await _search.FindAsync(id, default);

        Assert.Equal((table, 12L), (found!.Table, found.Receipt.Rows));
        Assert.Empty(_warehouse.Searches);
    }

    [Fact]
    public async Task A_plain_key_is_searched_in_all_ledgers_a_hundred_at_a_time()
    {
        var id = new IntentId(Guid.NewGuid(), 0);
        Assert.Null(await _search.FindAsync(id, default));
        Assert.Equal([100, 100, 50], _warehouse.Searches.Select(static some => some.Count));
        Assert.Equal(Tables, _warehouse.Searches.SelectMany(static some => some));
    }

    [Fact]
    public async Task The_search_ends_where_the_intent_is()
    {
        var id = new IntentId(Guid.NewGuid(), 4);
        _warehouse.OnFind = _ => Task.FromResult<FoundRange?>(_warehouse.Searches.Count == 2 ? new FoundRange(Tables[120], Row(id, 4, 4, 9)) : null);

        var found = await _search.FindAsync(id, default);

        Assert.Equal((Tables[120], 9L, id), (found!.Table, found.Receipt.Rows, found.First));
        Assert.Equal(2, _warehouse.Searches.Count);
    }

    [Fact]
    public async Task The_runs_of_all_ledgers_are_merged_newest_first_and_once()
    {
        var origin = Guid.NewGuid();
        var asked = 0;
        _warehouse.OnFindRuns = _ => Task.FromResult<IReadOnlyList<LedgerRun>>([Run(origin, asked++), Run(origin, 7), Run(origin, 5)]);

        var runs = await _search.FindRunsAsync(origin, 4, default);

        Assert.Equal([7, 5, 2, 1], runs.Select(static run => run.Range.Last));
    }

    private static LedgerRun Run(Guid origin, long last) =>
        new(new SequenceRange(origin, last, last, 1), new LedgerEntry(Guid.NewGuid(), DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);

    private static KnownRange Row(IntentId id, long first, long last, long rows) =>
        new(new SequenceRange(id.Origin, first, last, rows), new LedgerEntry(Guid.NewGuid(), DateTimeOffset.UnixEpoch));
}
