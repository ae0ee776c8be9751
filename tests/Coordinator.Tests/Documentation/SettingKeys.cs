using System.Reflection;

namespace Coordinator.Tests.Documentation;

/// <summary>The properties of an options class that configuration sets.</summary>
internal static class SettingKeys
{
    // Set by code, not by configuration.
    private static readonly string[] Internal = ["ApplicationName", "IsReadOnly"];

    public static IEnumerable<PropertyInfo> Of(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static p => p.SetMethod is { IsPublic: true } && !Internal.Contains(p.Name))
        .Where(static p => p.Name != "ConnectionString" || p.DeclaringType!.Name is "WarehouseOptions" or "ClusteringOptions");

    /// <summary>True if keys lie below it.</summary>
    public static bool IsSection(Type type) => type.IsClass && type.Namespace!.StartsWith("Coordinator", StringComparison.Ordinal);
}
