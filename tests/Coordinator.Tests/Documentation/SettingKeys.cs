using System.Reflection;
using Coordinator.Settings;

namespace Coordinator.Tests.Documentation;

/// <summary>The properties of an options class that configuration sets.</summary>
internal static class SettingKeys
{
    public static IEnumerable<PropertyInfo> Of(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static p => p.SetMethod is { IsPublic: true } && p.GetCustomAttribute<NotASettingAttribute>() is null);

    /// <summary>True if keys lie below it.</summary>
    public static bool IsSection(Type type) => type.IsClass && type.Namespace!.StartsWith("Coordinator", StringComparison.Ordinal);
}
