using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Coordinator.Tables;

/// <summary>The canonical name of a warehouse table, <c>schema.table</c>. Two spellings of one table are one value, because the value is the key
/// of the table's grain and of its lock.</summary>
/// <remarks>Unquoted parts fold to lower case and a missing schema is <see cref="DefaultSchema"/>, as in PostgreSQL and Redshift. Parts that
/// need quotes keep them: <c>sales."Big Table"</c>. Names sort ordinally; all updates reserve tables in this order.</remarks>
[GenerateSerializer, Immutable, Alias("coordinator.TableName")]
public readonly record struct TableName : IComparable<TableName>, IParsable<TableName>
{
    /// <summary>The schema of a name that has none: <c>public</c>.</summary>
    public const string DefaultSchema = "public";

    /// <summary>The maximum length of an identifier in Redshift, in bytes of UTF-8.</summary>
    public const int MaxPartBytes = 127;

    [Id(0)]
    private readonly string _canonical;

    private TableName(string canonical) => _canonical = canonical;

    /// <summary>Makes a name from an exact schema and table, as the warehouse's catalog spells them.</summary>
    /// <exception cref="FormatException">A part is empty, longer than <see cref="MaxPartBytes"/> or contains a control character.</exception>
    public TableName(string schema, string table)
        : this(IdentifierText.Quote(Checked(schema, "schema")) + "." + IdentifierText.Quote(Checked(table, "table")))
    {
    }

    /// <summary>The exact schema, without quotes.</summary>
    public string Schema => HasQuotes ? IdentifierText.Split(Canonical)[0] : Canonical[..Canonical.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>The exact table, without quotes.</summary>
    public string Table => HasQuotes ? IdentifierText.Split(Canonical)[1] : Canonical[(Canonical.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private bool HasQuotes => Canonical.Contains('"', StringComparison.Ordinal);

    private string Canonical => _canonical ?? throw new InvalidOperationException("This TableName was never given a value.");

    /// <summary>Parses <c>table</c>, <c>schema.table</c> or quoted parts such as <c>"My Schema"."T"</c>.</summary>
    /// <exception cref="FormatException">The text is not one or two identifiers.</exception>
    public static TableName Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        var parts = IdentifierText.Split(s.Trim());
        return parts.Length switch
        {
            1 => new TableName(DefaultSchema, parts[0]),
            2 => new TableName(parts[0], parts[1]),
            _ => throw new FormatException($"'{s}' is not a table name: expected table or schema.table, found {parts.Length} parts."),
        };
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static TableName Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <summary>Parses a name like <see cref="Parse(string)"/>, and returns false where that would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TableName result)
    {
        result = default;
        if (s is null) return false;
        try
        {
            result = Parse(s);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Compares canonical names ordinally. All updates reserve tables in this order.</summary>
    public int CompareTo(TableName other) => string.CompareOrdinal(Canonical, other.Canonical);

    /// <summary>The canonical name. It is valid SQL: parts that need quotes have them.</summary>
    public override string ToString() => Canonical;

    public static bool operator <(TableName left, TableName right) => left.CompareTo(right) < 0;

    public static bool operator <=(TableName left, TableName right) => left.CompareTo(right) <= 0;

    public static bool operator >(TableName left, TableName right) => left.CompareTo(right) > 0;

    public static bool operator >=(TableName left, TableName right) => left.CompareTo(right) >= 0;

    private static string Checked(string part, string what)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (part.Length == 0) throw new FormatException($"The {what} name is empty.");
        if (Encoding.UTF8.GetByteCount(part) is > MaxPartBytes and var bytes)
            throw new FormatException($"The {what} name '{part[..32]}…' has {bytes} bytes; at most {MaxPartBytes} are allowed.");
        if (part.Any(char.IsControl)) throw new FormatException($"The {what} name holds a control character.");
        return part;
    }
}
