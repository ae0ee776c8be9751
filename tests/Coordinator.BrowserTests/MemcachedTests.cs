using System.Diagnostics;
using Coordinator.BrowserTests.Browsing;
using Coordinator.BrowserTests.Silos;
using Coordinator.TestServers;
using Xunit.Abstractions;

namespace Coordinator.BrowserTests;

/// <summary>What an operator sees when memcached stops and starts again.</summary>
public sealed class MemcachedTests(ITestOutputHelper output) : IAsyncLifetime
{
    // The operator must see the change within this time. It is not a benchmark.
    private const float SoonMilliseconds = 5_000;

    private const string Table = "public.events";

    private readonly Work _work = Work.Begin();

    private Browser _browser = null!;
    private Deployment _deployment = null!;

    public async Task InitializeAsync()
    {
        _deployment = await Deployment.StartAsync("create table events (id int)", siloSettings: ("Coordinator:Locking:Ttl", "00:00:10"));
        _work.Insert(await _deployment.ConnectAsync(), Table, "ingest");
        _browser = await Browser.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _work.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
        if (_deployment is not null) await _deployment.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_memcached_shows_as_unverified_soon_and_as_held_when_it_is_back_while_rows_are_written()
    {
        await using var overview = await _browser.OpenAsync(_deployment.Silo, "contention");
        await using var detail = await _browser.OpenAsync(_deployment.Silo, $"contention/{Table}");
        await overview.Row(Table).GetByTestId("cell-lock").HasTextAsync("held");
        await detail.Find("lock-state").HasTextAsync("held");

        var killed = Stopwatch.GetTimestamp();
        await _deployment.Memcached.StopAsync();
        await overview.Row(Table).GetByTestId("cell-lock").HasTextAsync("unverified", SoonMilliseconds);
        output.WriteLine($"The list said so after {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s.");
        await detail.Find("lock-state").HasTextAsync("unverified", SoonMilliseconds);
        var rows = await _deployment.ScalarAsync<long>("select count(*) from events");
        await Eventually.TrueAsync("rows are written without memcached", async _ =>
            await _deployment.ScalarAsync<long>("select count(*) from events") > rows);

        await _deployment.Memcached.RestartAsync();
        await detail.Find("lock-state").HasTextAsync("held");
        await overview.Row(Table).GetByTestId("cell-lock").HasTextAsync("held");
        await detail.Page.Locator("[data-testid=lock-row][data-state=unverified]").First.IsThereAsync();
        overview.AssertContent();
        detail.AssertContent();
    }
}
