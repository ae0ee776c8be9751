using System.Text;
using Coordinator.Rows;

namespace Coordinator.Files.Records;

/// <summary>One key of a chunk's objects, with the positions of its values. Values are sent as written, because the table decides their
/// meaning.</summary>
internal sealed class JsonColumn(string name)
{
    private readonly List<Cell> _cells = [];

    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The last row with this key, to detect a repetition within a row.</summary>
    public int LastRow { get; set; } = -1;

    /// <summary>Adds the raw text of a value.</summary>
    public void Add(int row, int start, int length) => _cells.Add(new Cell(row, start, length));

    /// <summary>Adds an explicit null.</summary>
    public void AddNull(int row) => _cells.Add(new Cell(row, 0, 0));

    /// <summary>Writes all values. In a row without the key the value is absent, which differs from null.</summary>
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
