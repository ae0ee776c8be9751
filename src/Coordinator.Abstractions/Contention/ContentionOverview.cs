namespace Coordinator.Contention;

/// <summary>The tables of all silos, most contended first.</summary>
public sealed record ContentionOverview
{
    /// <summary>When the overview was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The requested number of tables, or all if there are fewer.</summary>
    public required IReadOnlyList<TableContention> Tables { get; init; }

    /// <summary>The number of tables, counted on each silo; a table that moved recently counts twice.</summary>
    public required int TableCount { get; init; }

    /// <summary>The sum over all tables, including those not shown.</summary>
    public required TableCounts Totals { get; init; }

    /// <summary>The silos that answered.</summary>
    public required IReadOnlyList<string> Silos { get; init; }

    /// <summary>The silos that did not answer. Their tables are missing.</summary>
    public required IReadOnlyList<string> SilentSilos { get; init; }

    /// <summary>The outages of the warehouse and of tables, as each silo sees them; the warehouse's own first.</summary>
    public IReadOnlyList<OutageFigures> Outages { get; init; } = [];

    /// <summary>Updates that hold tables or wait for them.</summary>
    public required IReadOnlyList<WaitEdge> Waits { get; init; }
}
