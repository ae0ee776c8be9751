using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Coordinator.BrowserTests.Browsing;

/// <summary>A tab that records its requests and the errors on its console.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly Uri _site;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<Uri> _requests = new();

    private WatchedPage(IPage page, Uri site)
    {
        Page = page;
        _site = site;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _complaints.Enqueue($"uncaught: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400) _complaints.Enqueue($"{response.Status}: {response.Url}");
        };
        page.Request += (_, request) => _requests.Enqueue(new Uri(request.Url));
        page.WebSocket += (_, socket) => _requests.Enqueue(new Uri(socket.Url));
    }

    public IPage Page { get; }

    public static async Task<WatchedPage> OpenAsync(IBrowser browser, Uri address, Look look)
    {
        var context = await browser.NewContextAsync(
            new() { ColorScheme = look.Scheme, ViewportSize = new() { Width = look.Width, Height = look.Height } });
        var page = new WatchedPage(await context.NewPageAsync(), address);
        await page.Page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>The only element with this test id.</summary>
    public ILocator Find(string testId) => Page.GetByTestId(testId);

    /// <summary>Waits until the page is interactive. Blazor marks elements that a program refers to; prerendered elements have no such
    /// mark.</summary>
    public Task IsLiveAsync() => Page.WaitForFunctionAsync(
        "() => document.querySelector('[data-testid=pause-toggle]')?.getAttributeNames().some(name => name.startsWith('_bl_'))");

    /// <summary>The row of a table in the list.</summary>
    public ILocator Row(string table) => Page.Locator($"[data-testid=table-row][data-table='{table}']");

    /// <summary>Fails if the page logged an error or sent a request to any other host than the silo.</summary>
    public void AssertContent()
    {
        Assert.NotEmpty(_requests);
        Assert.DoesNotContain(_requests, request => request.Scheme is not ("data" or "blob") && request.Authority != _site.Authority);
        Assert.Empty(_complaints);
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
