using System.Buffers.Binary;
using System.Text;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>A plan that reads an automatic materialized view instead of a table:
/// https://docs.aws.amazon.com/redshift/latest/dg/materialized-view-auto-rewrite.html</summary>
internal static class AutomaticView
{
    /// <summary>A line of EXPLAIN with the view's own table in place of the table.</summary>
    public static Frame Instead(string table, Frame row)
    {
        const int Header = sizeof(short) + sizeof(int);
        var line = Encoding.UTF8.GetString(row.Body, Header, row.Body.Length - Header);
        var text = Encoding.UTF8.GetBytes(line.Replace($"Seq Scan on {table}", "Seq Scan on mv_tbl__auto_mv_1__0", StringComparison.Ordinal));
        var body = new byte[Header + text.Length];
        BinaryPrimitives.WriteInt16BigEndian(body, 1);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(sizeof(short)), text.Length);
        text.CopyTo(body, Header);
        return new Frame(row.Type, body);
    }
}
