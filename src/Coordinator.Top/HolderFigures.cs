using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordinator.Top;

/// <summary>The holder of a turn.</summary>
internal sealed record HolderFigures
{
    public string Kind { get; init; } = "";

    public string Source { get; init; } = "";

    public double SinceMilliseconds { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; init; }
}
