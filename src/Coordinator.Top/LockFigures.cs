using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordinator.Top;

/// <summary>A table's ghetto lock.</summary>
internal sealed record LockFigures
{
    public string State { get; init; } = "";

    public string Owner { get; init; } = "";

    public double RemainingMilliseconds { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; init; }
}
