using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordinator.Top;

/// <summary>A waiter for a table.</summary>
internal sealed record WaiterFigures
{
    public string Kind { get; init; } = "";

    public string Source { get; init; } = "";

    public int Count { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; init; }
}
