using Microsoft.Playwright;

namespace Coordinator.BrowserTests.Browsing;

/// <summary>Expectations with timeouts that fit a busy machine.</summary>
internal static class Waiting
{
    private const float Patience = 30_000;

    public static Task HasTextAsync(this ILocator element, string text, float patience = Patience) =>
        Assertions.Expect(element).ToContainTextAsync(text, new() { Timeout = patience });

    public static Task HasAttributeAsync(this ILocator element, string name, string value, float patience = Patience) =>
        Assertions.Expect(element).ToHaveAttributeAsync(name, value, new() { Timeout = patience });

    public static Task IsVisibleAsync(this ILocator element, float patience) =>
        Assertions.Expect(element).ToBeVisibleAsync(new() { Timeout = patience });

    /// <summary>The element is on the page. It may be inside a collapsed section.</summary>
    public static Task IsThereAsync(this ILocator element, float patience = Patience) =>
        Assertions.Expect(element).ToBeAttachedAsync(new() { Timeout = patience });
}
