using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Reads what tables there are and what columns they have.</summary>
internal static class DuckDbCatalog
{
    private const int NearMisses = 3;

    /// <summary>A table's columns.</summary>
    /// <exception cref="WarehouseException">There is no such table.</exception>
    public static TableSchema Read(DuckDbSession session, TableName table)
    {
        var columns = session.Query(
            """
            SELECT c.column_name, c.data_type, c.is_nullable, c.column_default IS NOT NULL, c.numeric_precision, c.numeric_scale
            FROM duckdb_columns() c JOIN duckdb_tables() t ON t.table_oid = c.table_oid AND t.database_oid = c.database_oid
            WHERE c.database_name = current_database() AND c.schema_name = $1 AND c.table_name = $2
            ORDER BY c.column_index
            """,
            static reader =>
            {
                var type = DuckDbType.Of(reader.GetString(1));
                var isDecimal = type == WarehouseType.Decimal;
                return new WarehouseColumn
                {
                    Name = reader.GetString(0),
                    Type = type,
                    TypeName = reader.GetString(1),
                    IsNullable = reader.GetBoolean(2),
                    HasDefault = reader.GetBoolean(3),
                    Precision = isDecimal ? reader.GetInt32(4) : null,
                    Scale = isDecimal ? reader.GetInt32(5) : null,
                };
            },
            table.Schema,
            table.Table);
        return columns.Count > 0 ? new TableSchema(table, columns) : throw Missing(session, table);
    }

    private static WarehouseException Missing(DuckDbSession session, TableName table)
    {
        var near = session.Query(
            """
            SELECT schema_name, table_name FROM duckdb_tables()
            WHERE database_name = current_database() AND schema_name <> $1 AND levenshtein(lower(table_name), lower($2)) <= 3
            ORDER BY levenshtein(lower(table_name), lower($2)), schema_name, table_name LIMIT $3
            """,
            static reader => new TableName(reader.GetString(0), reader.GetString(1)).ToString(),
            LedgerNames.Schema,
            table.Table,
            NearMisses);
        var hint = near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : " Create it first.";
        return new WarehouseException(FailureKind.Rejected, $"There is no table {table} in the warehouse.{hint}");
    }
}
