namespace Coordinator.Contention;

/// <summary>A past turn at a table. Insert turns of one writer in close succession are one record.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.TurnRecord")]
public sealed record TurnRecord
{
    /// <summary>What the turn did.</summary>
    // Ids 0 and 11 are retired: they were the kind and the outcome as text.
    [Id(12)]
    public required TurnKind Kind { get; init; }

    /// <summary>The writer, or the first of several.</summary>
    [Id(1)]
    public required string Source { get; init; }

    /// <summary>The update's intent id; empty for inserts.</summary>
    [Id(2)]
    public string Id { get; init; } = "";

    /// <summary>The silo whose activation granted the turn.</summary>
    [Id(3)]
    public string Silo { get; init; } = "";

    /// <summary>When the turn, or the first of several, began, by the silo's clock.</summary>
    [Id(4)]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the turn, or the last of several, ended.</summary>
    [Id(5)]
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>The longest wait for one of the turns.</summary>
    [Id(6)]
    public double WaitedMilliseconds { get; init; }

    /// <summary>The time during which others waited while it held the table.</summary>
    [Id(7)]
    public double BlockedMilliseconds { get; init; }

    /// <summary>The number of turns in this record: 1 for an update.</summary>
    [Id(8)]
    public int Turns { get; init; } = 1;

    /// <summary>The number of their insert intents.</summary>
    [Id(9)]
    public long Intents { get; init; }

    /// <summary>The rows to write: of inserts; for an update the rows it changed in all its tables, once it is known to have
    /// committed.</summary>
    [Id(10)]
    public long Rows { get; init; }

    /// <summary>How the turn ended.</summary>
    [Id(13)]
    public required TurnOutcome Outcome { get; init; }
}
