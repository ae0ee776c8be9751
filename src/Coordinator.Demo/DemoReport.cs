using System.Text.Json.Serialization;

namespace Coordinator.Demo;

/// <summary>The output of <c>demo --json</c>.</summary>
internal sealed record DemoReport
{
    public required PhaseReport Uncoordinated { get; init; }

    public required PhaseReport Coordinated { get; init; }

    public required LockReport Lock { get; init; }

    /// <summary>True if in both halves every acknowledged row exists exactly once, there is no other row, and the summary is correct.</summary>
    public required bool ExactlyOnce { get; init; }

    /// <summary>The violations.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public required string Warehouse { get; init; }

    public required int Seed { get; init; }

    [JsonIgnore]
    public bool IsGood => Problems.Count == 0;
}
