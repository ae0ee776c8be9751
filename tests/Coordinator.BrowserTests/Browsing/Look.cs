using Microsoft.Playwright;

namespace Coordinator.BrowserTests.Browsing;

/// <summary>The screen and system settings of a reader.</summary>
/// <param name="Name">Used in the names of screenshots.</param>
/// <param name="Scheme">The preferred colour scheme.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record Look(string Name, ColorScheme Scheme, int Width, int Height)
{
    public static readonly Look Light = new("light", ColorScheme.Light, 1440, 900);
    public static readonly Look Dark = new("dark", ColorScheme.Dark, 1440, 900);
    public static readonly Look Phone = new("phone", ColorScheme.Light, 390, 844);
    public static readonly Look DarkPhone = new("phone-dark", ColorScheme.Dark, 390, 844);

    public static Look Of(string name) => new[] { Light, Dark, Phone, DarkPhone }.Single(look => look.Name == name);
}
