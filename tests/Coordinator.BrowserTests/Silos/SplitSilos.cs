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

    // So that in each silo a batch always waits for the one before.
    private const int Callers = 3;
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

    // Writes through both until they met often enough.
    private async Task OverlapAsync(ICoordinatorClient client, ICoordinatorClient rival)
    {
        using var over = new CancellationTokenSource();
        var loads = Enumerable.Range(0, Callers).SelectMany(_ => new[] { InsertAsync(client, "ingest", over.Token), InsertAsync(rival, "rival", over.Token) }).ToList();
        try
        {
            await Eventually.TrueAsync("the silos' transactions meet", async ct => (await FiguresAsync(ct))?.Overlaps >= Overlaps, TimeSpan.FromSeconds(60));
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(loads);
        }
    }

    private async Task<Figures?> FiguresAsync(CancellationToken ct)
    {
        var json = await Silo.Http.GetStringAsync(new Uri("api/contention", UriKind.Relative), ct);
        return json.Contains(Table, StringComparison.Ordinal) ? Figures.OfJson(json, Table) : null;
    }

    private static async Task InsertAsync(ICoordinatorClient client, string source, CancellationToken over)
    {
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            var rows = Enumerable.Range(i * RowsEach, RowsEach).Select(static id => new { id, kind = "click" });
            Assert.Equal(WriteStatus.Committed, (await client.InsertAsync(Events, rows.ToList(), new WriteOptions { Source = source }, CancellationToken.None)).Status);
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
