using System.Reflection;
using System.Text.Json;
using Coordinator.Rows;

namespace Coordinator.Client.Mapping;

/// <summary>The .NET types that can be columns.</summary>
internal static class ColumnMaps
{
    private const string WithoutZone = "timestamp";

    private static readonly MethodInfo MakeEnum = typeof(ColumnMaps).GetMethod(nameof(EnumMap), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static readonly Dictionary<Type, Func<bool, ColumnMap>> Known = new()
    {
        [typeof(long)] = Map<long>(ColumnType.Int64, static (c, v) => c.Append(v)),
        [typeof(int)] = Map<int>(ColumnType.Int64, static (c, v) => c.Append((long)v)),
        [typeof(short)] = Map<short>(ColumnType.Int64, static (c, v) => c.Append((long)v)),
        [typeof(sbyte)] = Map<sbyte>(ColumnType.Int64, static (c, v) => c.Append((long)v)),
        [typeof(byte)] = Map<byte>(ColumnType.Int64, static (c, v) => c.Append((long)v)),
        [typeof(ushort)] = Map<ushort>(ColumnType.Int64, static (c, v) => c.Append((long)v)),
        [typeof(uint)] = Map<uint>(ColumnType.Int64, static (c, v) => c.Append((long)v)),
        [typeof(double)] = Map<double>(ColumnType.Double, static (c, v) => c.Append(v)),
        [typeof(float)] = Map<float>(ColumnType.Double, static (c, v) => c.Append((double)v)),
        [typeof(decimal)] = Map<decimal>(ColumnType.Decimal, static (c, v) => c.Append(v)),
        [typeof(string)] = Map<string, string>(ColumnType.Text, WellFormed, static (c, v) => c.Append(v)),
        [typeof(bool)] = Map<bool>(ColumnType.Boolean, static (c, v) => c.Append(v)),
        [typeof(DateTime)] = Map<DateTime, DateTimeOffset>(ColumnType.TimestampTz, Instant, static (c, v) => c.Append(v)),
        [typeof(DateTimeOffset)] = Map<DateTimeOffset>(ColumnType.TimestampTz, static (c, v) => c.Append(v)),
        [typeof(DateOnly)] = Map<DateOnly>(ColumnType.Date, static (c, v) => c.Append(v)),
        [typeof(Guid)] = Map<Guid>(ColumnType.Uuid, static (c, v) => c.Append(v)),
        [typeof(byte[])] = Map<byte[]>(ColumnType.Bytes, static (c, v) => c.Append(v.AsSpan())),
        [typeof(ReadOnlyMemory<byte>)] = Map<ReadOnlyMemory<byte>>(ColumnType.Bytes, static (c, v) => c.Append(v.Span)),
        [typeof(JsonElement)] = Map<JsonElement, string>(ColumnType.Json, static (v, where) => JsonText(v, where), static (c, v) => c.Append(v)),
        [typeof(JsonDocument)] = Map<JsonDocument, string>(ColumnType.Json, static (v, where) => JsonText(v.RootElement, where), static (c, v) =>
            c.Append(v)),
    };

    private static readonly Func<bool, ColumnMap> TimestampWithoutZone = Map<DateTime>(ColumnType.Timestamp, static (c, v) => c.AppendTimestamp(v));

    /// <summary>The mapping of a property, or null for an unsupported type.</summary>
    /// <param name="property">The property.</param>
    /// <param name="typeName">The column type in <c>[Column(TypeName = …)]</c>, if any.</param>
    public static ColumnMap? Find(PropertyInfo property, string? typeName)
    {
        var underlying = Nullable.GetUnderlyingType(property.PropertyType);
        var type = underlying ?? property.PropertyType;
        if (type.IsEnum) return (ColumnMap)MakeEnum.MakeGenericMethod(type).Invoke(null, [underlying is not null])!;
        if (type == typeof(DateTime) && string.Equals(typeName, WithoutZone, StringComparison.OrdinalIgnoreCase))
            return TimestampWithoutZone(underlying is not null);
        return Known.TryGetValue(type, out var make) ? make(underlying is not null) : null;
    }

    private static Func<bool, ColumnMap> Map<T>(ColumnType type, Action<ColumnBuilder, T> append)
        where T : notnull => Map<T, T>(type, static (value, _) => value, append);

    private static Func<bool, ColumnMap> Map<TProperty, TValue>(
        ColumnType type, Func<TProperty, string, TValue> convert, Action<ColumnBuilder, TValue> append)
        where TProperty : notnull
        where TValue : notnull => isNullable => new ConvertingMap<TProperty, TValue>(type, convert, append, isNullable);

    private static ConvertingMap<TEnum, string> EnumMap<TEnum>(bool isNullable)
        where TEnum : struct, Enum => new(ColumnType.Text, static (value, _) => EnumNames<TEnum>.Of(value), static (c, v) => c.Append(v), isNullable);

    private static string WellFormed(string value, string where) => Utf16.IsWellFormed(value)
        ? value
        : throw new InvalidRowsException(
            $"{where} holds a lone surrogate, which is not a Unicode character: UTF-8 has no form for it. Mend or remove it.");

    private static DateTimeOffset Instant(DateTime value, string where) => value.Kind == DateTimeKind.Unspecified
        ? throw new InvalidRowsException(
            $"{where} is a DateTime of unspecified kind, so its time zone is not known. Use DateTimeKind.Utc or a DateTimeOffset, or mark it "
                + $"[Column(TypeName = \"{WithoutZone}\")] for a column without zone.")
        : new DateTimeOffset(value);

    private static string JsonText(JsonElement value, string where) => value.ValueKind == JsonValueKind.Undefined
        ? throw new InvalidRowsException($"{where} is a JsonElement that was never given a value. Make it nullable to write null.")
        : value.GetRawText();
}
