using Coordinator.Errors;

namespace Coordinator.Settings;

/// <summary>The first names of the keys that a host may be given on its command line: the coordinator's own, and those of ASP.NET Core.</summary>
public static class SettingRoots
{
    private static readonly string[] Roots =
    [
        "Coordinator", "Logging", "Kestrel", "AllowedHosts", "urls", "http_ports", "https_ports", "environment", "contentRoot", "applicationName",
    ];

    /// <summary>What is wrong with the first name of a key; null if a host reads it.</summary>
    /// <param name="key">The key, such as <c>Coordinator:Warehouse:Provider</c>.</param>
    public static string? Mistake(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var root = key.Split(':', 2)[0];
        if (Roots.Contains(root, StringComparer.OrdinalIgnoreCase)) return null;
        var hint = NearestName.Of(root, Roots) is [var near] ? $"{near}{key[root.Length..]}" : $"Coordinator:{key}";
        return $"{key} is no setting. Did you mean {hint}?";
    }
}
