using Coordinator.Core.Ledger;
using Coordinator.Tables;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Quotes names. All names are quoted, because a reserved word is a valid name.</summary>
internal static class DuckDbSql
{
    public static string Quote(string name) => IdentifierText.QuoteAlways(name);

    public static string Quote(TableName table) => $"{Quote(table.Schema)}.{Quote(table.Table)}";

    public static string Ledger(TableName table) => Quote(LedgerNames.Ledger(table));

    public static string Fence(TableName table) => Quote(LedgerNames.Fence(table));

    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
