using Coordinator.Tables;

namespace Coordinator.Warehouse.Redshift;

/// <summary>Names as SQL takes them, reserved words included.</summary>
internal static class SqlName
{
    public static string Of(TableName table) => $"{IdentifierText.QuoteAlways(table.Schema)}.{IdentifierText.QuoteAlways(table.Table)}";

    public static string Of(string exact) => IdentifierText.QuoteAlways(exact);
}
