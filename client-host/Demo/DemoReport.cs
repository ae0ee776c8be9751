using System.Text.Json.Serialization;

namespace Coordinator.ClientHost.Demo;

/// <summary>What <c>demo --json</c> prints.</summary>
internal sealed record DemoReport
{
    public required HalfReport Uncoordinated { get; init; }

    public required HalfReport Coordinated { get; init; }

    public required LockReport Lock { get; init; }

    /// <summary>True if in both halves every acknowledged row is there exactly once, no other is, and the summary is right.</summary>
    public required bool ExactlyOnce { get; init; }

    /// <summary>What is wrong, in words.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public required string Warehouse { get; init; }

    public required int Seed { get; init; }

    [JsonIgnore]
    public bool IsGood => Problems.Count == 0;
}
