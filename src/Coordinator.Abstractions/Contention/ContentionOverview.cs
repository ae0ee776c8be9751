namespace Coordinator.Contention;

/// <summary>The tables of all silos, the most contended first.</summary>
public sealed record ContentionOverview
{
    /// <summary>When it was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>As many as were asked for.</summary>
    public required IReadOnlyList<TableContention> Tables { get; init; }

    /// <summary>How many tables the silos know, counted on each; a table that lately moved counts twice.</summary>
    public required int TableCount { get; init; }

    /// <summary>All tables together, those not shown included.</summary>
    public required TableCounts Totals { get; init; }

    /// <summary>The silos that answered.</summary>
    public required IReadOnlyList<string> Silos { get; init; }

    /// <summary>The silos that did not: their tables are left out.</summary>
    public required IReadOnlyList<string> SilentSilos { get; init; }

    /// <summary>Updates that hold tables or wait for them.</summary>
    public required IReadOnlyList<WaitEdge> Waits { get; init; }
}
