using Microsoft.Playwright;

namespace Coordinator.BrowserTests.Browsing;

/// <summary>Expectations with the patience that a busy machine needs.</summary>
internal static class Waiting
{
    private const float Patience = 30_000;

    public static Task HasTextAsync(this ILocator element, string text, float patience = Patience) =>
        Assertions.Expect(element).ToContainTextAsync(text, new() { Timeout = patience });

    public static Task HasAttributeAsync(this ILocator element, string name, string value, float patience = Patience) =>
        Assertions.Expect(element).ToHaveAttributeAsync(name, value, new() { Timeout = patience });

    public static Task IsVisibleAsync(this ILocator element, float patience) =>
        Assertions.Expect(element).ToBeVisibleAsync(new() { Timeout = patience });

    /// <summary>It is on the page, be it folded away.</summary>
    public static Task IsThereAsync(this ILocator element, float patience = Patience) =>
        Assertions.Expect(element).ToBeAttachedAsync(new() { Timeout = patience });
}
