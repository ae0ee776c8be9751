using Coordinator.BrowserTests.Browsing;
using Coordinator.BrowserTests.Silos;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Xunit.Abstractions;

namespace Coordinator.BrowserTests;

/// <summary>Both screens in light and dark and on a phone: screenshots for review, and the result of axe.</summary>
[Collection(ContendedCollection.Name)]
public sealed class AppearanceTests(ContendedSilo silo, ITestOutputHelper output)
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    [InlineData("phone-dark")]
    public async Task Axe_finds_nothing_serious_and_the_page_fits_its_screen(string look)
    {
        await using (var overview = await silo.OpenAsync("contention", Look.Of(look)))
        {
            await overview.Row("public.held").GetByTestId("cell-holder").HasTextAsync("the night job");
            await JudgeAsync(overview, $"overview-{look}");
        }

        await using (var detail = await silo.OpenAsync("contention/public.held", Look.Of(look)))
        {
            await detail.Find("holder").HasTextAsync("the night job");
            await JudgeAsync(detail, $"table-{look}");
        }
    }

    [Fact]
    public async Task The_theme_can_be_chosen_and_stays()
    {
        await using var page = await silo.OpenAsync("contention", Look.Light);
        await page.IsLiveAsync();
        var before = await BackgroundAsync(page);
        await page.Find("theme-toggle").ClickAsync();
        await page.Find("theme-toggle").HasAttributeAsync("data-theme-choice", "dark");
        var dark = await BackgroundAsync(page);
        Assert.NotEqual(before, dark);

        await page.Page.ReloadAsync();
        Assert.Equal(dark, await BackgroundAsync(page));
    }

    private async Task JudgeAsync(WatchedPage page, string name)
    {
        // The chart library loads its script first and draws the charts later.
        await page.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
        output.WriteLine(await Pictures.TakeAsync(page, name));
        var tooWide = await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{name}: the page is {tooWide} pixels wider than the screen");
        var violations = (await page.Page.RunAxe()).Violations.Select(Text).ToList();
        foreach (var violation in violations) output.WriteLine(violation);
        Assert.DoesNotContain(violations, static v =>
            v.StartsWith("critical", StringComparison.Ordinal) || v.StartsWith("serious", StringComparison.Ordinal));
        page.AssertContent();
    }

    private static Task<string> BackgroundAsync(WatchedPage page) =>
        page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static string Text(AxeResultItem violation) =>
        $"{violation.Impact}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(static node => node.Html))}";
}
