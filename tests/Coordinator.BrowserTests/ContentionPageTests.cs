using Coordinator.BrowserTests.Browsing;
using Coordinator.BrowserTests.Silos;

namespace Coordinator.BrowserTests;

/// <summary>What an operator sees on the page while a table is blocked.</summary>
[Collection(ContendedCollection.Name)]
public sealed class ContentionPageTests(ContendedSilo silo)
{
    private const string Held = "public.held";

    [Fact]
    public async Task The_table_under_contention_is_on_top_and_its_holder_and_waiters_are_named()
    {
        await using var page = await silo.OpenAsync("contention");

        await page.Page.GetByTestId("table-row").First.HasAttributeAsync("data-table", Held);
        var row = page.Row(Held);
        await row.GetByTestId("cell-holder").HasTextAsync("the night job");
        await row.GetByTestId("cell-waiters").HasTextAsync("ingest-7");
        await row.GetByTestId("cell-lock").HasTextAsync("held");
        await row.GetByTestId("cell-overlaps").HasTextAsync("0");
        page.AssertContent();
    }

    [Fact]
    public async Task A_tables_page_says_who_holds_it_who_waits_for_whom_and_what_to_change()
    {
        await using var page = await silo.OpenAsync($"contention/{Held}");

        await page.Find("holder").HasTextAsync("the night job");
        await page.Find("waiters").HasTextAsync("ingest-7");
        await page.Find("waiters").HasTextAsync("hourly report");
        await page.Find("lock-state").HasTextAsync("held");
        await page.Find("advice").HasTextAsync("the night job");
        await page.Page.Locator("[data-testid=source-row][data-source='the night job']").IsThereAsync();
        await page.Page.Locator("[data-testid=wait-row][data-source='the night job'][data-held=true]").First.IsThereAsync();
        await page.Page.Locator("[data-testid=wait-row][data-source='hourly report'][data-held=false]").First.IsThereAsync();
        page.AssertContent();
    }

    [Fact]
    public async Task A_reservation_that_a_job_holds_or_held_is_in_the_timeline()
    {
        await using (var held = await silo.OpenAsync($"contention/{Held}"))
            await held.Page.Locator("[data-testid=turn-row][data-kind=exclusive][data-source='the night job'][data-outcome=holds]").IsThereAsync();

        await using (var written = await silo.OpenAsync("contention/public.summary"))
            await written.Page.Locator("[data-testid=turn-row][data-kind=exclusive][data-source='job nightly'][data-outcome=committed]")
                .IsThereAsync();

        await using (var read = await silo.OpenAsync("contention/public.busy"))
        {
            await read.Page.Locator("[data-testid=turn-row][data-kind=shared][data-source='job nightly']").IsThereAsync();
            await read.Page.Locator("[data-testid=turn-row][data-kind=insert][data-source='ingest-3']").First.IsThereAsync();
        }
    }

    [Fact]
    public async Task A_table_can_be_reached_and_opened_by_keyboard_alone()
    {
        await using var page = await silo.OpenAsync("contention");
        await page.Row(Held).IsThereAsync();
        for (var presses = 0; !await IsFocusedAsync(page); presses++)
        {
            Assert.True(presses < 60, "the table's link can be reached with the tabulator");
            await page.Page.Keyboard.PressAsync("Tab");
        }

        await page.Page.Keyboard.PressAsync("Enter");

        await page.Find("detail").HasAttributeAsync("data-table", Held);
        Assert.EndsWith($"/contention/{Held}", new Uri(page.Page.Url).AbsolutePath, StringComparison.Ordinal);
        page.AssertContent();
    }

    [Fact]
    public async Task Figures_go_on_until_the_page_is_paused()
    {
        await using var page = await silo.OpenAsync($"contention/{Held}");
        await page.IsLiveAsync();
        var holder = page.Find("holder");
        var before = await holder.InnerTextAsync();
        await Microsoft.Playwright.Assertions.Expect(holder).Not.ToHaveTextAsync(before, new() { Timeout = 30_000 });

        await page.Find("pause-toggle").ClickAsync();
        await page.Find("pause-toggle").HasAttributeAsync("data-paused", "true");
        // A refresh that had already started may still be drawn.
        await page.Page.WaitForTimeoutAsync(1_500);
        var paused = await holder.InnerTextAsync();
        await page.Page.WaitForTimeoutAsync(2_500);
        Assert.Equal(paused, await holder.InnerTextAsync());
    }

    private static Task<bool> IsFocusedAsync(WatchedPage page) =>
        page.Page.EvaluateAsync<bool>(
            $"document.activeElement?.closest('[data-table=\"{Held}\"]') !== null && document.activeElement?.tagName === 'A'");
}
