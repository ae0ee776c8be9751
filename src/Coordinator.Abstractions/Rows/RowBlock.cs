using System.Buffers.Binary;

namespace Coordinator.Rows;

/// <summary>Rows as typed columns with null bitmaps, in one array: the wire format is the format in memory. Immutable. Made by a
/// <see cref="RowBlockBuilder"/>.</summary>
/// <remarks>
/// Layout, little-endian: version (1), zero, column count (2), row count (4), schema length (4), the schema, then for each column flags
/// (1: has nulls, 2: has absent values), a bitmap for each flag (a set bit is a null, or absent; what is absent is in both), and the values:
/// fixed widths one after another,
/// or row count + 1 offsets (4 each) and the bytes.
/// </remarks>
[GenerateSerializer, Immutable, Alias("coordinator.RowBlock")]
public sealed class RowBlock
{
    /// <summary>The maximum size of a block. An Orleans message holds 100 MB.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The maximum size of a row for Redshift's COPY, in bytes.</summary>
    public const int MaxRowBytes = 4 * 1024 * 1024;

    internal const int HeaderBytes = 12;
    internal const byte Version = 1;

    [Id(0)]
    private readonly byte[] _payload;

    [NonSerialized]
    private Layout? _layout;

    internal RowBlock(byte[] payload) => _payload = payload;

    /// <summary>The names and types of the columns.</summary>
    /// <exception cref="InvalidRowsException">The received bytes are not a block.</exception>
    public RowSchema Schema => Read().Schema;

    /// <summary>The number of rows.</summary>
    /// <exception cref="InvalidRowsException">The received bytes are not a block.</exception>
    public int RowCount => Read().RowCount;

    /// <summary>The size on the wire, in bytes.</summary>
    public int SizeBytes => _payload.Length;

    /// <summary>The encoded block; equal blocks have equal bytes.</summary>
    public ReadOnlyMemory<byte> Payload => _payload;

    /// <summary>A column's values.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <exception cref="InvalidRowsException">The received bytes are not a block.</exception>
    public Column Column(int index)
    {
        var layout = Read();
        var schema = layout.Schema;
        return new Column(_payload, schema.Names[index], schema.Types[index], schema.WidthsBytes[index], layout.RowCount, layout.Starts[index]);
    }

    /// <summary>Makes a block from the bytes of another block's <see cref="Payload"/>.</summary>
    /// <exception cref="InvalidRowsException">The bytes are not a block.</exception>
    public static RowBlock FromPayload(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var block = new RowBlock(payload);
        _ = block.Read();
        return block;
    }

    private Layout Read() => _layout ??= Layout.Of(_payload);

    private sealed record Layout(RowSchema Schema, int RowCount, int[] Starts)
    {
        public static Layout Of(byte[]? payload)
        {
            if (payload is null || payload.Length < HeaderBytes) throw new InvalidRowsException("A row block is cut short.");
            if (payload[0] != Version) throw new InvalidRowsException($"A row block has version {payload[0]}; this side knows version {Version}.");
            var rows = BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(4));
            var schemaBytes = BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(8));
            if (rows < 0 || schemaBytes < 0 || schemaBytes > payload.Length - HeaderBytes)
                throw new InvalidRowsException("A row block's header does not fit its bytes.");
            var schema = RowSchema.FromEncoded(payload.AsSpan(HeaderBytes, schemaBytes));
            var starts = new int[schema.Count];
            var at = HeaderBytes + schemaBytes;
            for (var i = 0; i < starts.Length; i++)
            {
                starts[i] = at;
                at = Rows.Column.End(payload, at, schema.WidthsBytes[i], rows);
            }

            return at == payload.Length ? new Layout(schema, rows, starts) : throw new InvalidRowsException("A row block has bytes left over.");
        }
    }
}
