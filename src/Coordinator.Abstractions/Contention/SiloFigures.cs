namespace Coordinator.Contention;

/// <summary>One silo's part of a table's figures. Several active parts mean that activations overlap.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.SiloFigures")]
public sealed record SiloFigures
{
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>True if an activation of the table is on this silo now.</summary>
    [Id(1)]
    public bool IsActive { get; init; }

    /// <summary>The lock of that activation.</summary>
    [Id(2)]
    public required LockView Lock { get; init; }

    [Id(3)]
    public int QueueDepth { get; init; }

    /// <summary>Counted since the silo started.</summary>
    [Id(4)]
    public required TableCounts Counts { get; init; }
}
