using Coordinator.Tables;

namespace Coordinator.Warehouse.Npgsql;

/// <summary>Quotes names for SQL, including reserved words.</summary>
internal static class SqlName
{
    public static string Of(TableName table) => $"{IdentifierText.QuoteAlways(table.Schema)}.{IdentifierText.QuoteAlways(table.Table)}";

    public static string Of(string exact) => IdentifierText.QuoteAlways(exact);
}
