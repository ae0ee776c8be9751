using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;

namespace Coordinator.Rows;

/// <summary>The columns of a row block: names and types, in order. Equal schemas usually share one object.</summary>
public sealed class RowSchema
{
    /// <summary>The maximum number of columns of a Redshift table.</summary>
    public const int MaxColumns = 1600;

    private const int MaxInterned = 4096;
    private static readonly ConcurrentDictionary<byte[], RowSchema> Interned = new(EncodedSchemaComparer.Instance);

    private readonly ColumnType[] _types;
    private readonly int[] _widths;
    private readonly string[] _names;

    /// <summary>Makes a schema from names and types.</summary>
    /// <exception cref="InvalidRowsException">There is no column, there are too many, or a name is empty or occurs twice.</exception>
    public RowSchema(params IReadOnlyList<(string Name, ColumnType Type)> columns)
        : this(Encode(columns))
    {
    }

    private RowSchema(byte[] encoded)
    {
        Encoded = encoded;
        (_names, _types) = Decode(encoded);
        _widths = Array.ConvertAll(_types, ColumnTypeLayout.WidthBytes);
        if (_names.Length is 0 or > MaxColumns)
            throw new InvalidRowsException($"A row block has 1 to {MaxColumns} columns; this one has {_names.Length}.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _names)
        {
            if (name.Length == 0) throw new InvalidRowsException("A column has an empty name.");
            if (!seen.Add(name)) throw new InvalidRowsException($"Column {name} occurs twice in one row block.");
        }
    }

    /// <summary>The number of columns.</summary>
    public int Count => _names.Length;

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The types, in order.</summary>
    public IReadOnlyList<ColumnType> Types => _types;

    internal byte[] Encoded { get; }

    /// <summary>The widths of the values in bytes, in order; 0 for variable length.</summary>
    internal IReadOnlyList<int> WidthsBytes => _widths;

    /// <summary>The position of a column, or -1.</summary>
    public int IndexOf(string name) => Array.IndexOf(_names, name);

    /// <summary>True if both have the same columns in the same order: their rows may share a batch.</summary>
    public bool HasSameNames(RowSchema other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other) || _names.AsSpan().SequenceEqual(other._names);
    }

    internal static RowSchema FromEncoded(ReadOnlySpan<byte> encoded)
    {
        var lookup = Interned.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(encoded, out var known)) return known;
        var schema = new RowSchema(encoded.ToArray());
        // Limits what callers can make a silo remember: beyond the limit schemas are not shared.
        return Interned.Count < MaxInterned ? Interned.GetOrAdd(schema.Encoded, schema) : schema;
    }

    private static byte[] Encode(IReadOnlyList<(string Name, ColumnType Type)> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[2];
        foreach (var (name, type) in columns)
        {
            ArgumentNullException.ThrowIfNull(name);
            _ = ColumnTypeLayout.WidthBytes(type);
            var utf8 = Encoding.UTF8.GetBytes(name);
            if (utf8.Length > ushort.MaxValue) throw new InvalidRowsException($"The column name '{name[..32]}…' is too long.");
            bytes.WriteByte((byte)type);
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)utf8.Length);
            bytes.Write(length);
            bytes.Write(utf8);
        }

        return bytes.ToArray();
    }

    private static (string[] Names, ColumnType[] Types) Decode(ReadOnlySpan<byte> encoded)
    {
        var names = new List<string>();
        var types = new List<ColumnType>();
        while (!encoded.IsEmpty)
        {
            if (encoded.Length < 3) throw new InvalidRowsException("A row block's schema is cut short.");
            var type = (ColumnType)encoded[0];
            var length = BinaryPrimitives.ReadUInt16LittleEndian(encoded[1..]);
            if (encoded.Length < 3 + length) throw new InvalidRowsException("A row block's schema is cut short.");
            types.Add(type);
            names.Add(Encoding.UTF8.GetString(encoded.Slice(3, length)));
            encoded = encoded[(3 + length)..];
        }

        return ([.. names], [.. types]);
    }

    /// <summary>Compares encoded schemas by content, so that a span of a message finds the shared schema without a copy.</summary>
    private sealed class EncodedSchemaComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static EncodedSchemaComparer Instance { get; } = new();

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
