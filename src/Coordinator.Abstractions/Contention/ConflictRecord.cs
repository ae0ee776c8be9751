namespace Coordinator.Contention;

/// <summary>A transaction that failed because of another one, and was retried or given up.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.ConflictRecord")]
public sealed record ConflictRecord
{
    [Id(0)]
    public DateTimeOffset At { get; init; }

    /// <summary>The silo of the transaction.</summary>
    [Id(1)]
    public string Silo { get; init; } = "";

    /// <summary>The kind of the transaction.</summary>
    // Id 2 is retired: it was the kind as text.
    [Id(8)]
    public required WriteKind Kind { get; init; }

    /// <summary>The update's source; empty for inserts.</summary>
    [Id(3)]
    public string Source { get; init; } = "";

    /// <summary>The cause: <c>conflict</c>, <c>deadlock</c>, <c>lockTimeout</c>, <c>connection</c>, …</summary>
    [Id(4)]
    public required string Cause { get; init; }

    /// <summary>The warehouse's message.</summary>
    [Id(5)]
    public required string Message { get; init; }

    /// <summary>True if the transaction met another activation's transaction at the table's ledger.</summary>
    [Id(6)]
    public bool IsOverlap { get; init; }

    /// <summary>The transactions that form the cycle, if the warehouse names them.</summary>
    [Id(7)]
    public IReadOnlyList<string> Transactions { get; init; } = [];
}
