namespace Coordinator.RedshiftSimulator.Copying;

/// <summary>Marks the hexadecimal of VARBYTE columns as PostgreSQL's bytea needs it, while the CSV streams through.</summary>
/// <param name="columns">The positions of the columns in a line, from 0.</param>
internal sealed class HexColumns(IReadOnlySet<int> columns)
{
    private bool _isQuoted;
    private bool _isStart = true;
    private int _column;

    public byte[] Mark(byte[] piece)
    {
        if (columns.Count == 0) return piece;
        var marked = new MemoryStream(piece.Length * 2);
        foreach (var b in piece)
        {
            // Neither a quotation mark nor a null marker is a hex digit.
            if (_isStart && columns.Contains(_column) && char.IsAsciiHexDigitLower((char)b)) marked.Write(@"\x"u8);
            _isStart = false;
            if (b == '"') _isQuoted = !_isQuoted;
            else if (!_isQuoted && b is (byte)',' or (byte)'\n') (_isStart, _column) = (true, b == ',' ? _column + 1 : 0);
            marked.WriteByte(b);
        }

        return marked.ToArray();
    }
}
