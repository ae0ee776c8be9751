namespace Coordinator.BrowserTests.Browsing;

/// <summary>Where pictures for people to look at go: TestResults/screenshots.</summary>
internal static class Pictures
{
    /// <summary>Takes a picture of the whole page and answers its path.</summary>
    public static async Task<string> TakeAsync(WatchedPage page, string name)
    {
        var path = Path.Combine(Folder(), name + ".png");
        await page.Page.ScreenshotAsync(new() { Path = path, FullPage = true });
        Assert.True(new FileInfo(path).Length > 10_000, $"{path} shows something");
        return path;
    }

    private static string Folder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Coordinator.sln"))) root = root.Parent ?? throw new DirectoryNotFoundException("No Coordinator.sln above the tests.");
        return root.CreateSubdirectory("TestResults/screenshots").FullName;
    }
}
