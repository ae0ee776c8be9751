using System.ComponentModel;
using System.Reflection;

namespace Coordinator.Settings;

/// <summary>The keys of an options class, found by reflection, so that a new property is known at once.</summary>
internal static class SettingShape
{
    /// <summary>True for a type that one key holds, false for one that has keys below it.</summary>
    public static bool IsValue(Type type) => type == typeof(object) || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <summary>The properties that configuration sets.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !p.IsDefined(typeof(NotASettingAttribute)));

    /// <summary>True if null is a value of the property.</summary>
    public static bool MayBeNull(PropertyInfo property) => new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    /// <summary>The type of a list's or dictionary's elements, whose keys are numbers or names; null for any other type.</summary>
    public static Type? Element(Type type)
    {
        if (type.IsArray) return type.GetElementType();
        var interfaces = type.GetInterfaces().Append(type).Where(static i => i.IsGenericType).ToList();
        return Argument(typeof(IDictionary<,>), 1) ?? Argument(typeof(IReadOnlyDictionary<,>), 1) ?? Argument(typeof(IEnumerable<>), 0);

        Type? Argument(Type definition, int index) =>
            interfaces.FirstOrDefault(i => i.GetGenericTypeDefinition() == definition)?.GetGenericArguments()[index];
    }

    /// <summary>All keys of a type below a path. A key that is free to choose is <c>&lt;name&gt;</c>.</summary>
    /// <param name="path">The path.</param>
    /// <param name="type">The type.</param>
    /// <param name="value">The default value; null if there is none.</param>
    public static IEnumerable<KnownSetting> Keys(string path, Type type, object? value)
    {
        if (IsValue(type)) return [new(path, type, value)];
        if (Element(type) is { } element) return Keys($"{path}:<name>", element, null);
        return Properties(type).SelectMany(p => Keys($"{path}:{p.Name}", p.PropertyType, value is null ? null : p.GetValue(value)));
    }
}
