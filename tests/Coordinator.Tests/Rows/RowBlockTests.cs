using System.Text;
using Coordinator.Rows;
using CsCheck;

namespace Coordinator.Tests.Rows;

public sealed class RowBlockTests
{
    private static readonly RowSchema AllTypes = new([.. Enum.GetValues<ColumnType>().Select(static t => (t.ToString(), t))]);

    private static readonly Gen<Row> AnyRow = Gen.Select(
        Gen.Long, Gen.Double, Gen.Decimal, Gen.String, Gen.Bool, Gen.DateTime, Gen.Guid, Gen.Select(Gen.Byte.Array, Gen.Int[0, 11]),
        static (l, d, m, s, b, t, g, rest) => new Row(l, d, m, s, b, t, g, rest.Item1, rest.Item2));

    [Fact]
    public void Every_type_reads_back_with_its_nulls() =>
        AnyRow.Array[0, 40].Sample(static rows =>
        {
            var builder = new RowBlockBuilder(AllTypes);
            foreach (var row in rows)
            {
                for (var c = 0; c < AllTypes.Count; c++)
                {
                    if (c == row.Hole) builder[c].AppendNull();
                    else Append(builder[c], row);
                }
            }

            var block = RowBlock.FromPayload(builder.Build().Payload.ToArray());
            Assert.Equal(rows.Length, block.RowCount);
            for (var r = 0; r < rows.Length; r++)
            {
                for (var c = 0; c < AllTypes.Count; c++)
                {
                    Assert.Equal(c == rows[r].Hole, block.Column(c).IsNull(r));
                    if (c != rows[r].Hole) Assert.Equal(Value(AllTypes.Types[c], rows[r]), Read(block.Column(c), r));
                }
            }
        }, iter: 500);

    [Fact]
    public void Damaged_bytes_are_refused_or_read_but_never_overrun() =>
        Gen.Select(Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 30]).Sample(static (at, value, cut) =>
        {
            var builder = new RowBlockBuilder(new RowSchema(("n", ColumnType.Int64), ("t", ColumnType.Text)));
            for (var i = 0; i < 10; i++)
            {
                builder[0].Append((long)i);
                if (i == 3) builder[1].AppendNull();
                else builder[1].Append("value " + i);
            }

            var bytes = builder.Build().Payload.ToArray();
            bytes[at % bytes.Length] ^= value;
            try
            {
                var block = RowBlock.FromPayload(bytes[..^Math.Min(cut, bytes.Length)]);
                for (var c = 0; c < block.Schema.Count; c++)
                {
                    for (var r = 0; r < block.RowCount; r++) _ = Read(block.Column(c), r);
                }
            }
            catch (Exception refusal) when (refusal is InvalidRowsException or ArgumentException)
            {
                // Refused, or a value that no decimal or date can have.
            }
        }, iter: 20_000);

    [Fact]
    public void Columns_of_different_length_make_no_block()
    {
        var builder = new RowBlockBuilder(new RowSchema(("a", ColumnType.Int64), ("b", ColumnType.Int64)));
        builder[0].Append(1L);
        Assert.Contains("b has 0 values", Assert.Throws<InvalidRowsException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_must_be_there_and_differ()
    {
        Assert.Throws<InvalidRowsException>(() => new RowSchema());
        Assert.Throws<InvalidRowsException>(() => new RowSchema(("a", ColumnType.Int64), ("a", ColumnType.Text)));
        Assert.Throws<InvalidRowsException>(() => new RowSchema(("", ColumnType.Int64)));
    }

    [Fact]
    public void A_builder_may_be_used_again()
    {
        var builder = new RowBlockBuilder(new RowSchema(("t", ColumnType.Text)));
        builder[0].AppendNull();
        builder.Clear();
        builder[0].Append("second");
        var block = builder.Build();

        Assert.Equal(1, block.RowCount);
        Assert.Equal("second", block.Column(0).Text(0));
        Assert.False(block.Column(0).HasNulls);
        Assert.Equal(builder.SizeBytes, block.SizeBytes);
    }

    private static void Append(ColumnBuilder column, Row row)
    {
        switch (column.Type)
        {
            case ColumnType.Int64: column.Append(row.Int64); break;
            case ColumnType.Double: column.Append(row.Double); break;
            case ColumnType.Decimal: column.Append(row.Decimal); break;
            case ColumnType.Boolean: column.Append(row.Boolean); break;
            case ColumnType.Timestamp: column.AppendTimestamp(row.Time); break;
            case ColumnType.TimestampTz: column.Append(new DateTimeOffset(DateTime.SpecifyKind(row.Time, DateTimeKind.Utc))); break;
            case ColumnType.Date: column.Append(DateOnly.FromDateTime(row.Time)); break;
            case ColumnType.Uuid: column.Append(row.Uuid); break;
            case ColumnType.Bytes: column.Append(row.Bytes); break;
            default: column.Append(row.Text); break;
        }
    }

    private static object Value(ColumnType type, Row row) => type switch
    {
        ColumnType.Int64 => row.Int64,
        ColumnType.Double => row.Double,
        ColumnType.Decimal => row.Decimal,
        ColumnType.Boolean => row.Boolean,
        ColumnType.Timestamp or ColumnType.TimestampTz => row.Time.Ticks,
        ColumnType.Date => DateOnly.FromDateTime(row.Time),
        ColumnType.Uuid => row.Uuid,
        ColumnType.Bytes => Convert.ToHexString(row.Bytes),
        // A lone surrogate has no UTF-8 form: it travels as the replacement character.
        _ => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(row.Text)),
    };

    private static object Read(Column column, int row) => column.Type switch
    {
        ColumnType.Int64 => column.Int64(row),
        ColumnType.Double => column.Double(row),
        ColumnType.Decimal => column.Decimal(row),
        ColumnType.Boolean => column.Boolean(row),
        ColumnType.Timestamp => column.Timestamp(row).Ticks,
        ColumnType.TimestampTz => column.TimestampTz(row).Ticks,
        ColumnType.Date => column.Date(row),
        ColumnType.Uuid => column.Uuid(row),
        ColumnType.Bytes => Convert.ToHexString(column.Bytes(row).Span),
        _ => column.Text(row),
    };

    private sealed record Row(long Int64, double Double, decimal Decimal, string Text, bool Boolean, DateTime Time, Guid Uuid, byte[] Bytes,
        int Hole);
}
