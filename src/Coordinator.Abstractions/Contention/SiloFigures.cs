namespace Coordinator.Contention;

/// <summary>One silo's part in a table's figures. More than one active part means that activations overlap.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.SiloFigures")]
public sealed record SiloFigures
{
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>True if an activation of the table lives there now.</summary>
    [Id(1)]
    public bool IsActive { get; init; }

    /// <summary>That activation's lock.</summary>
    [Id(2)]
    public required LockView Lock { get; init; }

    [Id(3)]
    public int QueueDepth { get; init; }

    /// <summary>Counted since the silo began.</summary>
    [Id(4)]
    public required TableCounts Counts { get; init; }
}
