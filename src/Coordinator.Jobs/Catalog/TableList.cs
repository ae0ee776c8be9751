using Coordinator.Tables;

namespace Coordinator.Jobs.Catalog;

/// <summary>Tables in one text, with commas between them.</summary>
internal static class TableList
{
    public static IReadOnlyList<string> Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <exception cref="FormatException">A part is not a table name.</exception>
    public static IReadOnlyList<TableName> Parse(string? text) => [.. Split(text ?? "").Select(TableName.Parse)];
}
