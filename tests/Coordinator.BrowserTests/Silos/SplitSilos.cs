using Coordinator.BrowserTests.Browsing;
using Coordinator.Client;
using Coordinator.Receipts;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.BrowserTests.Silos;

/// <summary>Two silos that each form a cluster alone: they have separate directories and no shared lock. Both wrote at the same time to one
/// table of one PostgreSQL, where only the ledger separates them. The writes are over when the fixture is ready.</summary>
public sealed class SplitSilos : IAsyncLifetime
{
    public const string Table = "public.events";

    private const int RowsEach = 3;
    private const int Overlaps = 3;

    private static readonly TableName Events = TableName.Parse(Table);

    private Deployment _deployment = null!;
    private SiloProcess _rival = null!;

    public Browser Browser { get; private set; } = null!;

    public Deployment Deployment => _deployment;

    public SiloProcess Silo => _deployment.Silo;

    public async Task InitializeAsync()
    {
        // A "slow" write takes a second, so that another transaction can overlap it.
        _deployment = await Deployment.StartAsync(
            """
            create table events (id int not null, kind text); create table summary (n bigint);
            create function slow() returns trigger language plpgsql as 'begin if exists (select from added where kind = ''slow'') then perform pg_sleep(1); end if; return null; end';
            create trigger slow after insert on events referencing new table as added for each statement execute function slow()
            """,
            ["log_line_prefix=%e %a "],
            ("Coordinator:Locking:Provider", "InProcess"), ("Coordinator:Silo:Name", "one"));
        _rival = await SiloProcess.StartAsync(new Dictionary<string, string?>(_deployment.SiloSettings) { ["Coordinator:Silo:Name"] = "other" });
        using var rivalHost = await _rival.ConnectAsync();
        var client = await _deployment.ConnectAsync();
        await OverlapAsync(client, rivalHost.Services.GetRequiredService<ICoordinatorClient>());
        await AddOthersAsync(client);
        Browser = await Browser.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        if (_rival is not null) await _rival.DisposeAsync();
        if (_deployment is not null) await _deployment.DisposeAsync();
    }

    // The rival is in the middle of a transaction, and this silo's transaction meets it at the ledger.
    private async Task OverlapAsync(ICoordinatorClient client, ICoordinatorClient rival)
    {
        for (var i = 0; i < Overlaps; i++)
        {
            var slow = InsertAsync(rival, "rival", i, "slow");
            await Eventually.TrueAsync("the rival writes", async _ =>
                await _deployment.ScalarAsync<long>("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") > 0);
            await InsertAsync(client, "ingest", i, "click");
            await slow;
        }
    }

    private static async Task InsertAsync(ICoordinatorClient client, string source, int at, string kind)
    {
        var rows = Enumerable.Range(at * RowsEach, RowsEach).Select(id => new { id, kind });
        Assert.Equal(WriteStatus.Committed, (await client.InsertAsync(Events, rows.ToList(), new WriteOptions { Source = source })).Status);
    }

    // Intents that are counted but not written (one submitted again, and rows that do not fit), and an update.
    private static async Task AddOthersAsync(ICoordinatorClient client)
    {
        var row = new[] { new { id = 1, kind = "view" } };
        var first = await client.InsertAsync(Events, row, new WriteOptions { Source = "ingest" });
        Assert.Equal(WriteStatus.AlreadyCommitted, (await client.InsertAsync(Events, row, new WriteOptions { Id = first.Id })).Status);
        Assert.Equal(WriteStatus.Rejected, (await client.InsertAsync(Events, [new { id = "no number" }])).Status);
        var update = new UpdateRequest
        {
            Sql = "insert into summary select count(*) from events",
            Writes = [TableName.Parse("summary")],
            Reads = [Events]
        };
        Assert.Equal(WriteStatus.Committed, (await client.UpdateAsync(update)).Status);
    }
}
