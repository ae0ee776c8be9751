using System.Text.Json;
using Coordinator.Core.Sql;

namespace Coordinator.Warehouse.Redshift.Postgres.Explaining;

/// <summary>What EXPLAIN (VERBOSE, FORMAT JSON) tells besides tables: which functions are called, views' and policies' included, and whether rows that exist are changed.</summary>
internal sealed class PlanText
{
    private readonly HashSet<string> _calls = new(StringComparer.Ordinal);

    public PlanText(string json)
    {
        using var plan = JsonDocument.Parse(json);
        Read(plan.RootElement);
    }

    /// <summary>Names of functions, and of whatever else stands before a parenthesis.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>Whether it updates or deletes: an insert alone sets off no cascade.</summary>
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
