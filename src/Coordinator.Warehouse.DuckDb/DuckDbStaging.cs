using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Writes rows through a temporary table, so that DuckDB casts text and applies defaults.</summary>
internal static class DuckDbStaging
{
    private const string Table = "coordinator_staging";

    public static void Write(DuckDbSession session, TableSchema schema, DuckDbTarget[] columns, RowGroup group)
    {
        session.Execute($"CREATE TEMP TABLE {Table} ({string.Join(", ", columns.Select(static c => $"{c.Name} {c.Staged}"))})");
        using (var appender = session.Connection.CreateAppender("temp", "main", Table))
            DuckDbRows.AppendAll(session, appender, [.. Enumerable.Range(0, columns.Length)], columns, group);
        // The check comes before the INSERT: a failed statement ends the transaction, and its message names no row.
        foreach (var column in columns.Where(static c => c.IsCast)) Check(session, column, group);
        var names = string.Join(", ", columns.Select(static c => c.Name));
        session.Execute($"INSERT INTO {DuckDbSql.Quote(schema.Table)} ({names}) SELECT {names} FROM temp.{Table}; DROP TABLE temp.{Table}");
    }

    private static void Check(DuckDbSession session, DuckDbTarget column, RowGroup group)
    {
        // Rows of an open transaction have large row ids.
        var first = session.Query(
            $"SELECT min(rowid) FILTER ({column.Name} IS NOT NULL AND {column.IsMisfit}) - min(rowid) FROM temp.{Table}",
            static reader => reader.IsDBNull(0) ? (long?)null : reader.GetInt64(0))[0];
        if (first is { } index) throw column.Misfit(group.Find(index + 1));
    }
}
