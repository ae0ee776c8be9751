using System.Text;
using Coordinator.Rows;

namespace Coordinator.ClientHost.Rows;

/// <summary>One key of a chunk's objects: where its values stand. The table decides what they mean, so each one travels as it is written.</summary>
internal sealed class JsonColumn(string name)
{
    private readonly List<Cell> _cells = [];

    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The last row that had the key, so that a second time within a row is noticed.</summary>
    public int LastRow { get; set; } = -1;

    /// <summary>Takes note of a value's raw text.</summary>
    public void Add(int row, int start, int length) => _cells.Add(new Cell(row, start, length));

    /// <summary>Takes note of an explicit null.</summary>
    public void AddNull(int row) => _cells.Add(new Cell(row, 0, 0));

    /// <summary>Writes all values. A row without the key is absent, which is not the same as null.</summary>
    public void WriteTo(ColumnBuilder target, byte[] buffer, int rowCount)
    {
        foreach (var cell in _cells)
        {
            while (target.Count < cell.Row) target.AppendAbsent();
            if (cell.Length == 0) target.AppendNull();
            else target.Append(buffer.AsSpan(cell.Start, cell.Length));
        }

        while (target.Count < rowCount) target.AppendAbsent();
    }

    private readonly record struct Cell(int Row, int Start, int Length);
}
