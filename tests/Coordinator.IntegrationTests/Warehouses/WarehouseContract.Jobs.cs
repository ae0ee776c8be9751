using Coordinator.Core.Ledger;
using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>A run that covers later ticks too.</summary>
public abstract partial class WarehouseContract
{
    private const string Count = "INSERT INTO summary VALUES (1)";

    [Fact]
    public async Task The_warehouse_tells_the_time_by_its_clock()
    {
        // The warehouse is on this machine. It has microseconds.
        var before = TimeProvider.System.GetUtcNow();
        var now = await Warehouse.NowAsync(Token);
        Assert.InRange(now, before.AddMicroseconds(-1), TimeProvider.System.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, now.Offset);
    }

    [Fact]
    public async Task A_tick_that_was_coalesced_into_a_run_never_runs_by_itself()
    {
        await OpenSummaryAsync();
        var id = NewId();
        var run = Run(Count, id, Summary) with { Through = id.Sequence + 3 };
        Assert.Equal(new SequenceRange(id.Origin, id.Sequence, id.Sequence + 3, 1), (await Warehouse.ExecuteAsync(run, Token)).Range);
        for (var later = 0; later <= 3; later++)
        {
            var again = await Warehouse.ExecuteAsync(Run(Count, id with { Sequence = id.Sequence + later }, Summary), Token);
            Assert.Equal((run.BatchId, id.Sequence), (again.Already?.BatchId, again.Range.First));
        }

        Assert.Equal(id, (await Search.FindAsync(id with { Sequence = id.Sequence + 2 }, Token))?.First);
        Assert.Null((await Warehouse.ExecuteAsync(Run(Count, id with { Sequence = id.Sequence + 4 }, Summary), Token)).Already);
        Assert.Equal(2, await CountAsync("SELECT count(*) FROM summary"));
    }

    [Fact]
    public async Task A_tick_that_ran_by_itself_cuts_short_what_an_earlier_run_covers()
    {
        await OpenSummaryAsync();
        await OpenEventsAsync("others");
        var id = NewId();
        var others = TableName.Parse("others");
        await Warehouse.ExecuteAsync(Run(Count, id with { Sequence = id.Sequence + 2 }, Summary, others), Token);
        var run = await Warehouse.ExecuteAsync(Run(Count, id, Summary, others) with { Through = id.Sequence + 5 }, Token);
        Assert.Null(run.Already);
        Assert.Equal((id.Sequence, id.Sequence + 1), (run.Range.First, run.Range.Last));
        Assert.NotNull((await Warehouse.ExecuteAsync(Run(Count, id with { Sequence = id.Sequence + 1 }, Summary), Token)).Already);
        Assert.Null((await Warehouse.ExecuteAsync(Run(Count, id with { Sequence = id.Sequence + 3 }, Summary), Token)).Already);
        Assert.Equal(3, await CountAsync("SELECT count(*) FROM summary"));
    }

    [Fact]
    public async Task The_ledgers_have_the_latest_runs_of_an_origin()
    {
        Assert.Empty(await Search.FindRunsAsync(Guid.NewGuid(), 10, Token));
        await OpenSummaryAsync();
        var id = NewId();
        await Warehouse.ExecuteAsync(Run(Count, NewId(), Summary), Token);
        Assert.Empty(await Search.FindRunsAsync(id.Origin, 10, Token));
        await OpenEventsAsync("others");
        UpdateRun[] runs =
        [
            Run(Count, id, Summary) with { Through = id.Sequence + 1 },
            Run(Count, id with { Sequence = id.Sequence + 2 }, Summary, TableName.Parse("others")),
            Run(Count, id with { Sequence = id.Sequence + 3 }, Summary),
        ];
        var results = new List<UpdateResult>();
        foreach (var run in runs) results.Add(await Warehouse.ExecuteAsync(run, Token));

        var found = await Search.FindRunsAsync(id.Origin, 10, Token);
        Assert.Equal(results.Select(static r => r.Range).Reverse(), found.Select(static f => f.Range));
        Assert.Equal(runs.Select(static r => r.BatchId).Reverse(), found.Select(static f => f.Entry.BatchId));
        Assert.All(found, static f => Assert.True(f.StartedAt <= f.Entry.CommittedAt));
        Assert.Equal(found.Take(2), await Search.FindRunsAsync(id.Origin, 2, Token));
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("\\")]
    [InlineData("a\\'b\\\\")]
    [InlineData("'); DELETE FROM events; --")]
    [InlineData("$1 @name $$ \" \n\t ü 🐘")]
    [InlineData("")]
    public async Task A_parameters_value_arrives_as_it_is(string value)
    {
        await OpenEventsAsync();
        var run = Run("DELETE FROM events; INSERT INTO events SELECT @Id, @name /* @comment */", NewId(), Events);
        var intent = new UpdateIntent
        {
            Id = run.Intent.Id,
            Sql = run.Intent.Sql,
            Writes = run.Intent.Writes,
            Parameters = [new("id", "42"), new("name", value)]
        };
        await Warehouse.ExecuteAsync(run with { Intent = SqlParameters.Apply(intent) }, Token);
        Assert.Equal(value, await ScalarAsync("SELECT name FROM events WHERE id = 42"));
    }

    [Fact]
    public async Task An_instant_is_the_same_instant_in_the_warehouse()
    {
        await OpenSummaryAsync();
        var run = Run("INSERT INTO summary SELECT CAST(extract(epoch FROM @tick) AS bigint)", NewId(), Summary);
        var intent = new UpdateIntent
        {
            Id = run.Intent.Id,
            Sql = run.Intent.Sql,
            Writes = run.Intent.Writes,
            Parameters = [new("tick", "2027-01-15T09:00:00+01:00", IsInstant: true)]
        };
        await Warehouse.ExecuteAsync(run with { Intent = SqlParameters.Apply(intent) }, Token);
        Assert.Equal(1_800_000_000, await CountAsync("SELECT total FROM summary"));
    }
}
