using System.Text.Json;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Finds the scanned tables in EXPLAIN (FORMAT JSON): every node that names one, as <c>database.schema.table</c>.</summary>
internal static class PlanText
{
    public static IReadOnlyList<string> Tables(string json)
    {
        using var plan = JsonDocument.Parse(json);
        var tables = new List<string>();
        Read(plan.RootElement, tables);
        return tables;
    }

    private static void Read(JsonElement element, List<string> tables)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var node in element.EnumerateArray()) Read(node, tables);
            return;
        }

        if (element.GetProperty("extra_info").TryGetProperty("Table", out var table) && table.ValueKind == JsonValueKind.String)
            tables.Add(table.GetString()!);
        Read(element.GetProperty("children"), tables);
    }
}
