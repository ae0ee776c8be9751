using Coordinator.TestServers;

namespace Coordinator.BrowserTests.Browsing;

/// <summary>Screenshots for review, in TestResults/screenshots.</summary>
internal static class Pictures
{
    /// <summary>Takes a screenshot of the whole page and returns its path.</summary>
    public static async Task<string> TakeAsync(WatchedPage page, string name)
    {
        var path = Path.Combine(HostProgram.Root().CreateSubdirectory("TestResults/screenshots").FullName, name + ".png");
        await page.Page.ScreenshotAsync(new() { Path = path, FullPage = true });
        Assert.True(new FileInfo(path).Length > 10_000, $"{path} shows something");
        return path;
    }
}
