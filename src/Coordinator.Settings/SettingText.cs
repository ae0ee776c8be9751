using System.ComponentModel;
using System.Globalization;

namespace Coordinator.Settings;

/// <summary>Judges whether the text of a setting can become a value of its type, before the binder throws at the first that cannot.</summary>
internal static class SettingText
{
    /// <summary>The names of an enum's values: <c>allowed are A, B, C</c>.</summary>
    public static string Names(Type type) => "allowed are " + string.Join(", ", Enum.GetNames(type));

    /// <summary>What would be right instead of the text, as the end of a sentence; null if the text is right.</summary>
    public static string? Advice(string text, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return text.Length == 0 ? null : Advice(text, underlying);
        // The enum's own converter takes every number.
        if (type.IsEnum) return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) ? null : Names(type);
        if (type == typeof(TimeSpan)) return IsDuration(text) ? null : "expected hours:minutes:seconds such as 00:00:15, or days such as 30.00:00:00";
        return CanConvert(text, type) ? null : Description(type);
    }

    // A number alone would be days: a Ttl of 15 would last for two weeks.
    private static bool IsDuration(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _) && text.Contains(':', StringComparison.Ordinal);

    private static bool CanConvert(string text, Type type)
    {
        try
        {
            return type == typeof(string) || type == typeof(object) || TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string Description(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "expected true or false",
        TypeCode.Int32 => $"expected a whole number up to {int.MaxValue}",
        TypeCode.Int64 => $"expected a whole number up to {long.MaxValue}",
        TypeCode.Double or TypeCode.Decimal => "expected a number such as 0.5",
        _ => $"expected a {type.Name}",
    };
}
