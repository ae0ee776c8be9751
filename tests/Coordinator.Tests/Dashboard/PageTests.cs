using Bunit;
using Coordinator.Contention;
using Coordinator.Dashboard.Detail;
using Coordinator.Dashboard.Live;
using Coordinator.Dashboard.Overview;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace Coordinator.Tests.Dashboard;

public sealed class PageTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeReader _reader = new();
    private readonly BunitContext _page = new();

    // bUnit's own limit, one second, is short on a machine that is busy with simulations.
    static PageTests() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    public PageTests()
    {
        _page.JSInterop.Mode = JSRuntimeMode.Loose;
        _page.Services.AddMudServices();
        _page.Services.AddSingleton<TimeProvider>(_clock).AddSingleton<IContentionReader>(_reader).AddSingleton<SharedReader>()
            .AddScoped<Refresher>();
    }

    public async ValueTask DisposeAsync() => await _page.DisposeAsync();

    [Fact]
    public async Task Unreadable_silos_are_reported_beside_the_last_figures_and_the_page_recovers()
    {
        _reader.Tables = [Contended.Table() with { QueueDepth = 3, OldestWaitMilliseconds = 2000 }];
        var overview = _page.Render<OverviewPage>();
        Assert.Equal("3", overview.Find("[data-table='public.events'] [data-testid=cell-waiters]").TextContent);
        Assert.Empty(overview.FindAll("[data-testid=stale-banner]"));

        _reader.Failure = new TimeoutException("No silo answered.");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await overview.WaitForAssertionAsync(() =>
            Assert.Contains("No silo answered.", overview.Find("[data-testid=stale-banner]").TextContent, StringComparison.Ordinal));
        Assert.Single(overview.FindAll("[data-testid=table-row]"));

        (_reader.Failure, _reader.Tables) = (null, [Contended.Table() with { QueueDepth = 4 }]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await overview.WaitForAssertionAsync(() => Assert.Empty(overview.FindAll("[data-testid=stale-banner]")));
        Assert.Equal("4", overview.Find("[data-testid=cell-waiters]").TextContent);
    }

    [Fact]
    public void Two_activations_and_a_lock_that_is_not_certain_stand_out_in_words()
    {
        SiloFigures[] silos = [.. new[] { "silo-1", "silo-2" }.Select(static s =>
            new SiloFigures { Silo = s, IsActive = true, Lock = new(LeaseState.Unverified, "", 0), Counts = new TableCounts() })];
        _reader.Tables = [Contended.Table() with { Lock = new(LeaseState.Unverified, "", 0), Silos = silos }];
        Assert.Equal(["unverified", "2 activations"], _page.Render<OverviewPage>().FindAll("[data-testid=cell-lock] .state")
            .Select(static s => s.TextContent));
    }

    [Fact]
    public void Columns_order_the_list_and_say_so()
    {
        _reader.Tables = [Contended.Table("a") with { QueueDepth = 1 }, Contended.Table("b") with { QueueDepth = 2 }];
        var overview = _page.Render<OverviewPage>();
        overview.FindAll("th button").Single(static b => b.TextContent == "Waiters").Click();
        Assert.Equal(["public.b", "public.a"], overview.FindAll("[data-testid=table-row]").Select(static r => r.GetAttribute("data-table")));
        Assert.Equal("Waiters", overview.Find("th[aria-sort=descending]").TextContent.Trim());
    }

    [Fact]
    public void A_table_that_no_silo_knows_and_a_name_that_is_none_are_said()
    {
        Assert.NotNull(_page.Render<DetailPage>(static p => p.Add(static d => d.Name, "public.nothing")).Find("[data-testid=unknown-table]"));
        Assert.Contains("is not a table's name", _page.Render<DetailPage>(static p => p.Add(static d => d.Name, "a.b.c")).Markup,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_tables_page_never_shows_the_figures_of_the_one_before()
    {
        _reader.Tables = [Contended.Table("a"), Contended.Table("b")];
        var page = _page.Render<DetailPage>(static p => p.Add(static d => d.Name, "public.a"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        var late = _reader.Hold();
        var asked = _reader.Asked;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await page.WaitForAssertionAsync(() => Assert.True(_reader.Asked > asked));

        page.Render(static p => p.Add(static d => d.Name, "public.b"));
        Assert.Empty(page.FindAll("[data-testid=detail]"));
        late.SetResult();
        await page.WaitForAssertionAsync(() => Assert.Equal("public.b", page.Find("[data-testid=detail]").GetAttribute("data-table")));
    }

    [Fact]
    public void A_tables_page_names_all_holders_and_waiters_and_the_cycle()
    {
        _reader.Tables = [Contended.Table() with { Holders = [new(TurnKind.Exclusive, "nightly", 42_000, "id-1")],
            Waiters = [new(TurnKind.Insert, "ingest", 38_000, 12)], QueueDepth = 14 }];
        _reader.Detail = detail => detail with
        {
            Turns = [Contended.Turn(TurnKind.Shared, "report", 100, 90)],
            Conflicts = [new ConflictRecord
            {
                At = Contended.Now,
                Kind = WriteKind.Update,
                Source = "nightly",
                Cause = "conflict",
                Message = "<b>1023</b>",
                Transactions = ["17", "18"],
            }],
        };
        var page = _page.Render<DetailPage>(static p => p.Add(static d => d.Name, "public.events"));
        Assert.Contains("nightly", page.Find("[data-testid=holder]").TextContent, StringComparison.Ordinal);
        Assert.Contains("12 inserts of ingest", page.Find("[data-testid=waiters]").TextContent, StringComparison.Ordinal);
        Assert.Contains("and 2 more", page.Find("[data-testid=waiters]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["ingest", "nightly", "report"], page.FindAll("[data-testid=turn-row]").Select(static r => r.GetAttribute("data-source")));
        Assert.Contains("17 → 18 → 17", page.Find("[data-testid=conflicts]").TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>1023</b>", page.Find("[data-testid=conflicts]").TextContent, StringComparison.Ordinal);
    }
}
