using Coordinator.BrowserTests.Browsing;
using Coordinator.Client;
using Coordinator.Receipts;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.BrowserTests.Silos;

/// <summary>
/// Two silos of which each thinks that it is alone: clusters of their own, so a directory each, and no common lock. Both were written to at the same
/// time, into one table of one PostgreSQL, where only the ledger stands between them. The writing is over.
/// </summary>
public sealed class SplitSilos : IAsyncLifetime
{
    public const string Table = "public.events";

    private const int Inserts = 40;
    private const int RowsEach = 3;

    private static readonly TableName Events = TableName.Parse(Table);

    private Deployment _deployment = null!;
    private SiloProcess _rival = null!;

    public Browser Browser { get; private set; } = null!;

    public Deployment Deployment => _deployment;

    public SiloProcess Silo => _deployment.Silo;

    public async Task InitializeAsync()
    {
        // Transactions as long as Redshift's, so that they meet.
        _deployment = await Deployment.StartAsync(
            """
            create table events (id int not null, kind text); create table summary (n bigint);
            create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(0.05); return null; end';
            create trigger slow after insert on events for each statement execute function slow()
            """,
            ["log_line_prefix=%e %a "],
            ("Coordinator:Locking:Provider", "InProcess"), ("Coordinator:Silo:Name", "one"));
        _rival = await SiloProcess.StartAsync(new Dictionary<string, string?>(_deployment.SiloSettings) { ["Coordinator:Silo:Name"] = "other" });
        using var rivalHost = await ConnectAsync(_rival);
        var client = await _deployment.ConnectAsync();
        await Task.WhenAll(InsertAsync(client, "ingest"), InsertAsync(rivalHost.Services.GetRequiredService<ICoordinatorClient>(), "rival"));
        await AddOthersAsync(client);
        Browser = await Browser.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        if (_rival is not null) await _rival.DisposeAsync();
        if (_deployment is not null) await _deployment.DisposeAsync();
    }

    private static async Task InsertAsync(ICoordinatorClient client, string source)
    {
        for (var i = 0; i < Inserts; i++)
        {
            var rows = Enumerable.Range(i * RowsEach, RowsEach).Select(static id => new { id, kind = "click" });
            Assert.Equal(WriteStatus.Committed, (await client.InsertAsync(Events, rows.ToList(), new WriteOptions { Source = source })).Status);
        }
    }

    // What is counted but not written: an intent that is submitted again, and rows that do not fit. And an update.
    private static async Task AddOthersAsync(ICoordinatorClient client)
    {
        var row = new[] { new { id = 1, kind = "view" } };
        var first = await client.InsertAsync(Events, row, new WriteOptions { Source = "ingest" });
        Assert.Equal(WriteStatus.AlreadyCommitted, (await client.InsertAsync(Events, row, new WriteOptions { Id = first.Id })).Status);
        Assert.Equal(WriteStatus.Rejected, (await client.InsertAsync(Events, [new { id = "no number" }])).Status);
        var update = new UpdateRequest { Sql = "insert into summary select count(*) from events", Writes = [TableName.Parse("summary")], Reads = [Events] };
        Assert.Equal(WriteStatus.Committed, (await client.UpdateAsync(update)).Status);
    }

    private static async Task<IHost> ConnectAsync(SiloProcess silo)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(silo.ClientSettings);
        builder.AddCoordinatorClient();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
