using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using DuckDB.NET.Data;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Writes a group of rows through the appender, which is the fastest way into DuckDB and joins the open transaction.</summary>
/// <remarks>The appender always writes every stored column without casts, and <c>AppendDefault</c> refuses defaults that are not constant
/// (<c>nextval</c>). A null in a column of a type that the appender does not support (lists, unions) corrupts its memory and can end the
/// process. So rows go directly into the table if it has no such column and the omitted columns have no default. Otherwise, or if DuckDB has to
/// cast, they go into a temporary table first and from there by INSERT ... SELECT.</remarks>
internal static class DuckDbRows
{
    public static void Write(DuckDbSession session, TableSchema schema, RowGroup group)
    {
        var columns = group.Columns.Select((c, i) => DuckDbTarget.Of(c, group.Blocks.Select(block => block.Schema.Types[i]))).ToArray();
        var leftOut = Stored(schema).Except(group.Columns);
        var isStaged = columns.Any(static c => c.IsCast) || leftOut.Any(static c => c.HasDefault || DuckDbType.Of(c.TypeName)?.Append is null);
        if (isStaged) DuckDbStaging.Write(session, schema, columns, group);
        else Append(session, schema, columns, group);
    }

    /// <summary>Appends every row. <paramref name="sources"/> maps each column of the table to a column of the group, -1 for none.</summary>
    public static void AppendAll(DuckDbSession session, DuckDBAppender appender, int[] sources, DuckDbTarget[] columns, RowGroup group)
    {
        long number = 0;
        var source = -1;
        try
        {
            foreach (var block in group.Blocks)
            {
                session.ThrowIfCancelled();
                var values = Enumerable.Range(0, columns.Length).Select(block.Column).ToArray();
                for (var row = 0; row < block.RowCount; row++)
                {
                    number++;
                    var target = appender.CreateRow();
                    for (var i = 0; i < sources.Length; i++)
                    {
                        source = sources[i];
                        if (source < 0 || values[source].IsNull(row)) target.AppendNullValue();
                        else columns[source].Append(target, values[source], row);
                    }

                    source = -1;
                    target.EndRow();
                }
            }

            appender.Close();
        }
        catch (Exception e) when (source >= 0 && e is OverflowException or FormatException or ArgumentOutOfRangeException)
        {
            throw columns[source].Misfit(group.Find(number), e);
        }
    }

    private static void Append(DuckDbSession session, TableSchema schema, DuckDbTarget[] columns, RowGroup group)
    {
        var names = group.Columns.Select(static c => c.Name).ToList();
        using var appender = session.Connection.CreateAppender(schema.Table.Schema, schema.Table.Table);
        AppendAll(session, appender, [.. Stored(schema).Select(c => names.IndexOf(c.Name))], columns, group);
    }

    /// <summary>The columns that the appender writes: all except generated ones.</summary>
    private static IEnumerable<WarehouseColumn> Stored(TableSchema schema) =>
        schema.Columns.Where(static c => c.Unwritable != DuckDbColumn.Generated);
}
