using Coordinator.Tables;

namespace Coordinator.Dashboard.Words;

/// <summary>Tables' addresses: names may hold spaces, quotes, slashes.</summary>
public static class TableLink
{
    /// <summary>The page of a table.</summary>
    public static string To(TableName table) => $"{ContentionPage.Path}/{Uri.EscapeDataString(table.ToString())}";

    /// <summary>Reads the part of an address that names a table. An escaped slash is the one thing that routing leaves escaped.</summary>
    public static bool TryRead(string? part, out TableName table) =>
        TableName.TryParse(part?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), null, out table);
}
