using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;
using DuckDB.NET.Data;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Writes intents' rows through the appender, which is DuckDB's fastest way in and joins the open transaction.</summary>
/// <remarks>
/// The appender always writes every column and casts nothing, and <c>AppendDefault</c> refuses defaults that are not constant (<c>nextval</c>).
/// So rows go straight into the table when the columns left out have no default, and otherwise, or where DuckDB has to cast, into a
/// temporary table first and from there by INSERT ... SELECT.
/// </remarks>
internal static class DuckDbRows
{
    public static void Write(DuckDbSession session, TableSchema schema, IReadOnlyList<InsertIntent> intents)
    {
        var names = intents[0].Rows.Schema.Names;
        var columns = new WarehouseColumn[names.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = schema.Find(names[i])
                ?? throw new WarehouseException(FailureKind.Rejected, $"Table {schema.Table} has no column {names[i]}.") { Column = names[i] };
        }

        var leftOut = schema.Columns.Except(columns);
        if (columns.All(DuckDbType.IsAppendable) && leftOut.All(static c => !c.HasDefault)) Append(session, schema, columns, intents);
        else Stage(session, schema, columns, intents);
    }

    private static void Append(DuckDbSession session, TableSchema schema, WarehouseColumn[] columns, IReadOnlyList<InsertIntent> intents)
    {
        using var appender = session.Connection.CreateAppender(schema.Table.Schema, schema.Table.Table);
        AppendAll(session, appender, [.. schema.Columns.Select(c => Array.IndexOf(columns, c))], columns, intents);
    }

    private static void Stage(DuckDbSession session, TableSchema schema, WarehouseColumn[] columns, IReadOnlyList<InsertIntent> intents)
    {
        const string Staging = "coordinator_staging";
        var names = string.Join(", ", columns.Select(static c => DuckDbSql.Quote(c.Name)));
        session.Execute($"CREATE TEMP TABLE {Staging} ({string.Join(", ", columns.Select(static c => $"{DuckDbSql.Quote(c.Name)} {DuckDbType.Staged(c)}"))})");
        using (var appender = session.Connection.CreateAppender("temp", "main", Staging)) AppendAll(session, appender, [.. Enumerable.Range(0, columns.Length)], columns, intents);
        session.Execute($"INSERT INTO {DuckDbSql.Quote(schema.Table)} ({names}) SELECT {names} FROM temp.{Staging}; DROP TABLE temp.{Staging}");
    }

    /// <summary>Appends every row; <paramref name="sources"/> says which column of the block each column of the table takes, -1 for none.</summary>
    private static void AppendAll(DuckDbSession session, DuckDBAppender appender, int[] sources, WarehouseColumn[] columns, IReadOnlyList<InsertIntent> intents)
    {
        foreach (var intent in intents)
        {
            session.ThrowIfCancelled();
            var values = new Column[columns.Length];
            for (var i = 0; i < values.Length; i++) values[i] = intent.Rows.Column(i);
            for (var row = 0; row < intent.Rows.RowCount; row++)
            {
                var target = appender.CreateRow();
                foreach (var source in sources)
                {
                    if (source < 0 || values[source].IsNull(row)) target.AppendNullValue();
                    else Append(target, columns[source].Type, values[source], row);
                }

                target.EndRow();
            }
        }

        appender.Close();
    }

    private static void Append(IDuckDBAppenderRow target, WarehouseType type, in Column value, int row) => _ = type switch
    {
        WarehouseType.Int16 => target.AppendValue((short?)checked((short)value.Int64(row))),
        WarehouseType.Int32 => target.AppendValue((int?)checked((int)value.Int64(row))),
        WarehouseType.Int64 => target.AppendValue((long?)value.Int64(row)),
        WarehouseType.Float32 => target.AppendValue((float?)value.Double(row)),
        WarehouseType.Float64 => target.AppendValue((double?)value.Double(row)),
        WarehouseType.Decimal => target.AppendValue((decimal?)value.Decimal(row)),
        WarehouseType.Boolean => target.AppendValue((bool?)value.Boolean(row)),
        WarehouseType.Timestamp => target.AppendValue((DateTime?)value.Timestamp(row)),
        WarehouseType.TimestampTz => target.AppendValue((DateTimeOffset?)new DateTimeOffset(value.TimestampTz(row))),
        WarehouseType.Date => target.AppendValue((DateOnly?)value.Date(row)),
        WarehouseType.Uuid => target.AppendValue((Guid?)value.Uuid(row)),
        WarehouseType.Bytes => target.AppendValue(value.Bytes(row).ToArray()),
        _ => target.AppendValue(value.Text(row)),
    };
}
