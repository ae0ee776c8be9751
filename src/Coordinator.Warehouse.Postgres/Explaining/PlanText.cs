using System.Text.Json;
using Coordinator.Core.Sql;

namespace Coordinator.Warehouse.Postgres.Explaining;

/// <summary>What EXPLAIN (VERBOSE, FORMAT JSON) contains besides tables: the called functions, including those of views and policies, and
/// whether existing rows are changed.</summary>
internal sealed class PlanText
{
    private readonly HashSet<string> _calls = new(StringComparer.Ordinal);

    public PlanText(string json)
    {
        using var plan = JsonDocument.Parse(json);
        Read(plan.RootElement);
    }

    /// <summary>Names before a parenthesis: functions, and possibly other words.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>Whether the statement updates or deletes. An insert alone triggers no cascade.</summary>
    public bool ChangesRows { get; private set; }

    private void Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Read(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    if (property.NameEquals("Function Name")) _calls.Add(property.Value.GetString()!);
                    ChangesRows |= property.NameEquals("Operation") && property.Value.GetString() is "Update" or "Delete" or "Merge";
                    ChangesRows |= property.NameEquals("Conflict Resolution") && property.Value.GetString() == "UPDATE";
                    Read(property.Value);
                }

                break;
            case JsonValueKind.String:
                _calls.UnionWith(SqlNames.CallsIn(element.GetString()!));
                break;
            default:
                break;
        }
    }
}
