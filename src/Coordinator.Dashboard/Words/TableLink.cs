using Coordinator.Tables;

namespace Coordinator.Dashboard.Words;

/// <summary>Addresses of tables. Names may contain spaces, quotes and slashes.</summary>
public static class TableLink
{
    /// <summary>The page of a table.</summary>
    public static string To(TableName table) => $"{ContentionPage.Path}/{Uri.EscapeDataString(table.ToString())}";

    /// <summary>Parses the part of an address that names a table. Routing unescapes everything except a slash.</summary>
    public static bool TryRead(string? part, out TableName table) =>
        TableName.TryParse(part?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), null, out table);
}
