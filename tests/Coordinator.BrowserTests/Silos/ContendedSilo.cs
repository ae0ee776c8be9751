using Coordinator.BrowserTests.Browsing;
using Coordinator.Tables;
using Coordinator.TestServers;

namespace Coordinator.BrowserTests.Silos;

/// <summary>A silo and a browser. In the silo's table <c>held</c> a night job blocks inserts and a report, while <c>busy</c> gets constant
/// writes.</summary>
public sealed class ContendedSilo : IAsyncLifetime
{
    private readonly Work _work = Work.Begin();

    private Deployment _deployment = null!;

    public Browser Browser { get; private set; } = null!;

    public SiloProcess Silo => _deployment.Silo;

    public async Task InitializeAsync()
    {
        _deployment = await Deployment.StartAsync(
            "create table busy (id int); create table held (id int); create table report (n bigint); create table summary (n bigint)");
        var client = await _deployment.ConnectAsync();
        _work.Insert(client, "busy", "ingest-3");
        await RunJobAsync();
        _work.Update(client, new() { Sql = "insert into held values (1); select pg_sleep(600)", Writes = [TableName.Parse("held")] },
            "the night job");
        await Eventually.TrueAsync("the night job runs", async _ => await _deployment.ScalarAsync<long>(
            "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()") > 0);
        for (var i = 0; i < 3; i++) _work.Insert(client, "held", "ingest-7");
        _work.Update(client, new()
        {
            Sql = "insert into report select count(*) from held",
            Writes = [TableName.Parse("report")],
            Reads = [TableName.Parse("held")]
        }, "hourly report");
        Browser = await Browser.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _work.DisposeAsync();
        if (Browser is not null) await Browser.DisposeAsync();
        if (_deployment is null) return;
        // A graceful stop would wait for the night job's SQL.
        if (_deployment.Silo is { } silo) await silo.KillAsync();
        await _deployment.DisposeAsync();
    }

    public Task<WatchedPage> OpenAsync(string path, Look? look = null) => Browser.OpenAsync(Silo, path, look);

    // A run that holds `summary` and reads `busy` for some time.
    private async Task RunJobAsync()
    {
        IEnumerable<KeyValuePair<string, string?>> settings =
        [
            .. Silo.ClientSettings,
            new("Coordinator:Jobs:nightly:Sql", "insert into summary select count(*) from busy; select pg_sleep(1)"),
            new("Coordinator:Jobs:nightly:Writes", "summary"),
            new("Coordinator:Jobs:nightly:Reads", "busy"),
        ];
        var run = await ClientHostProcess.RunAsync(settings, ["update", "--job", "nightly", "--json"]);
        Assert.True(run.ExitCode == 0, run.StandardError);
    }
}
