using System.Globalization;
using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Postgres.Checking;

/// <summary>Asks the server which rows a CHECK will reject, before they are sent to the table.</summary>
/// <remarks>The condition is evaluated beside the table, so it must mean there what it means in it: with built-in functions only, columns of the
/// collation of their type and of no domain, and no BEFORE trigger, which may change rows or settings. Otherwise, and if the CHECK is no longer the
/// one that is known, no row is found. The table is locked, so all of this stays true until COMMIT.</remarks>
internal static class CheckQuery
{
    private const string Conditions = """
         AND EXISTS (SELECT FROM pg_constraint c
             WHERE c.conrelid = $1::regclass AND c.conname = $2 AND pg_get_expr(c.conbin, c.conrelid) = $3
                 AND NOT EXISTS (SELECT FROM pg_depend d
                     WHERE d.classid = 'pg_constraint'::regclass AND d.objid = c.oid AND d.refclassid <> 'pg_class'::regclass)
                 AND NOT EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                     WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
                         AND (t.typtype NOT IN ('b', 'e') OR a.attcollation <> t.typcollation)))
         AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = $1::regclass AND t.tgenabled <> 'D' AND t.tgtype & 2 = 2)
        """;

    private const int FirstValues = 4;

    /// <summary>The rows of a group that the check rejects, from 1. None if the group does not have all of its columns, which then have
    /// defaults.</summary>
    public static async Task<IReadOnlyList<long>> RunAsync(
        NpgsqlConnection connection, TableSchema schema, CheckConstraint check, RowGroup group, CancellationToken cancellationToken)
    {
        var positions = check.Columns.Select(name => group.Columns.ToList().FindIndex(column => column.Name == name)).ToArray();
        if (positions.Length == 0 || positions.Contains(-1)) return [];
        var columns = positions.Select(at => group.Columns[at]).ToArray();
        var values = positions.Select(at => ValuesOf(group, at)).ToArray();
        if (values.Contains(null)) return [];
        var arrays = columns.Select(static (column, i) => string.Create(CultureInfo.InvariantCulture, $"${FirstValues + i}::{column.TypeName}[]"));
        await using var command = new NpgsqlCommand(
            $"""
            SELECT "coordinator row" FROM unnest({string.Join(", ", arrays)})
                WITH ORDINALITY AS "coordinator candidates" ({string.Join(", ", columns.Select(static column => column.SqlName))}, "coordinator row")
            WHERE NOT ({check.Expression}){Conditions}
            """,
            connection);
        command.Parameters.AddTyped(schema.SqlName);
        command.Parameters.AddTyped(check.Name);
        command.Parameters.AddTyped(check.Expression);
        command.Parameters.AddRange(values!);
        var rejected = new List<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rejected.Add(reader.GetInt64(0));
        return rejected;
    }

    /// <summary>The values of a column as an array; null for types that are not sent this way.</summary>
    private static NpgsqlParameter? ValuesOf(RowGroup group, int at) => group.Columns[at].Type switch
    {
        WarehouseType.Int16 or WarehouseType.Int32 or WarehouseType.Int64 =>
            ToArray<long?>(group, at, NpgsqlDbType.Bigint, static (column, row) => column.Int64(row)),
        WarehouseType.Float32 or WarehouseType.Float64 =>
            ToArray<double?>(group, at, NpgsqlDbType.Double, static (column, row) => column.Double(row)),
        WarehouseType.Boolean => ToArray<bool?>(group, at, NpgsqlDbType.Boolean, static (column, row) => column.Boolean(row)),
        WarehouseType.Text => ToArray<string?>(group, at, NpgsqlDbType.Text, static (column, row) => column.Text(row)),
        WarehouseType.Decimal when group.Blocks.All(rows => rows.Column(at).Type == ColumnType.Decimal) =>
            ToArray<decimal?>(group, at, NpgsqlDbType.Numeric, static (column, row) => column.Decimal(row)),
        WarehouseType.Decimal when group.Blocks.All(rows => rows.Column(at).Type == ColumnType.Number) =>
            ToArray<string?>(group, at, NpgsqlDbType.Text, static (column, row) => column.Text(row)),
        WarehouseType.Timestamp => ToArray(group, at, NpgsqlDbType.Timestamp, static (column, row) => AsStored(column.Timestamp(row))),
        WarehouseType.TimestampTz => ToArray(group, at, NpgsqlDbType.TimestampTz, static (column, row) => AsStored(column.TimestampTz(row))),
        WarehouseType.Date => ToArray(group, at, NpgsqlDbType.Date, static (column, row) => AsStored(column.Date(row))),
        WarehouseType.Uuid => ToArray<Guid?>(group, at, NpgsqlDbType.Uuid, static (column, row) => column.Uuid(row)),
        _ => null,
    };

    private static NpgsqlParameter<T[]> ToArray<T>(RowGroup group, int at, NpgsqlDbType type, Func<Column, int, T> read)
    {
        var values = new T[group.RowCount];
        var next = 0;
        foreach (var rows in group.Blocks)
        {
            var column = rows.Column(at);
            for (var row = 0; row < rows.RowCount; row++, next++)
            {
                if (!column.IsNull(row)) values[next] = read(column, row);
            }
        }

        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    /// <summary>Without the part below a microsecond, as <see cref="Copying.RowEncoder"/> writes it. Npgsql sends the least and the greatest time as
    /// infinity; no CHECK rejects null.</summary>
    private static DateTime? AsStored(DateTime time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond)) is var stored && (stored == DateTime.MinValue || time == DateTime.MaxValue)
            ? null : stored;

    private static DateOnly? AsStored(DateOnly date) => date == DateOnly.MinValue || date == DateOnly.MaxValue ? null : date;
}
