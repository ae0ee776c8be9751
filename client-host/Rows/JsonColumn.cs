using System.Text;
using System.Text.Json;
using Coordinator.Rows;

namespace Coordinator.ClientHost.Rows;

/// <summary>One key of a chunk's objects: where its values stand, and what kinds they are.</summary>
internal sealed class JsonColumn(string name)
{
    private readonly List<Cell> _cells = [];
    private JsonKinds _kinds;

    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The last row that had the key, so that a second time within a row is noticed.</summary>
    public int LastRow { get; set; } = -1;

    /// <summary>The narrowest type that holds all values as they are written.</summary>
    public ColumnType Type
    {
        get
        {
            if (_kinds.HasFlag(JsonKinds.Container)) return ColumnType.Json;
            if (_kinds == JsonKinds.Boolean) return ColumnType.Boolean;
            if (_kinds == JsonKinds.None || (_kinds & ~JsonKinds.Numbers) != 0) return ColumnType.Text;
            // Text keeps every digit, and the silo reads it as what the target column is.
            if (_kinds.HasFlag(JsonKinds.Beyond) || _kinds.HasFlag(JsonKinds.Inexact | JsonKinds.LargeInteger)) return ColumnType.Text;
            if (_kinds.HasFlag(JsonKinds.Inexact)) return ColumnType.Double;
            return _kinds.HasFlag(JsonKinds.Fraction) ? ColumnType.Decimal : ColumnType.Int64;
        }
    }

    public void Add(int row, JsonKinds kind, int start, int length)
    {
        _kinds |= kind;
        _cells.Add(new Cell(row, kind, start, length));
    }

    /// <summary>Writes all values; rows without one are null.</summary>
    public void WriteTo(ColumnBuilder target, byte[] buffer, int rowCount)
    {
        foreach (var cell in _cells)
        {
            while (target.Count < cell.Row) target.AppendNull();
            Write(target, cell, buffer.AsSpan(cell.Start, cell.Length));
        }

        while (target.Count < rowCount) target.AppendNull();
    }

    private static void Write(ColumnBuilder target, Cell cell, ReadOnlySpan<byte> raw)
    {
        switch (target.Type)
        {
            case ColumnType.Int64: target.Append(long.Parse(raw, System.Globalization.CultureInfo.InvariantCulture)); break;
            case ColumnType.Decimal: target.Append(JsonNumbers.ToDecimal(raw)); break;
            case ColumnType.Double: target.Append(JsonNumbers.ToDouble(raw)); break;
            case ColumnType.Boolean: target.Append(raw[0] == 't'); break;
            case ColumnType.Text when cell.Kind == JsonKinds.Text: WriteText(target, raw); break;
            default: target.Append(raw); break;
        }
    }

    private static void WriteText(ColumnBuilder target, ReadOnlySpan<byte> quoted)
    {
        var content = quoted[1..^1];
        if (content.IndexOf((byte)'\\') < 0)
        {
            target.Append(content);
            return;
        }

        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        var unescaped = System.Buffers.ArrayPool<byte>.Shared.Rent(content.Length);
        target.Append(unescaped.AsSpan(0, reader.CopyString(unescaped)));
        System.Buffers.ArrayPool<byte>.Shared.Return(unescaped);
    }

    private readonly record struct Cell(int Row, JsonKinds Kind, int Start, int Length);
}
