using Coordinator.TestServers;
using Microsoft.Playwright;

namespace Coordinator.BrowserTests.Browsing;

/// <summary>The installed Chromium, without a window. Nothing is downloaded.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable.Find(["chromium", "chromium-browser", "google-chrome"], "chromium"),
            // Chromium does not start with its sandbox as root.
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
        }));
    }

    /// <summary>Opens a page of a silo in a separate profile.</summary>
    public Task<WatchedPage> OpenAsync(SiloProcess silo, string path, Look? look = null) =>
        WatchedPage.OpenAsync(_browser, new Uri(silo.Http.BaseAddress!, path), look ?? Look.Light);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
