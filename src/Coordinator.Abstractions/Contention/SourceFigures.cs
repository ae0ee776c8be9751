namespace Coordinator.Contention;

/// <summary>The writes of one source at a table in the last half hour to hour.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.SourceFigures")]
public sealed record SourceFigures
{
    /// <summary>The name for all sources beyond the limit.</summary>
    public const string Others = "(others)";

    /// <summary>The source; <see cref="Others"/> for sources beyond the limit, empty for writers without a name.</summary>
    [Id(0)]
    public required string Source { get; init; }

    /// <summary>True for updates: their turns are reservations. False for inserts.</summary>
    [Id(1)]
    public bool IsUpdate { get; init; }

    /// <summary>Turns that the source had, alone or with others.</summary>
    [Id(2)]
    public long Turns { get; init; }

    /// <summary>Insert intents.</summary>
    [Id(3)]
    public long Intents { get; init; }

    /// <summary>Rows of these intents.</summary>
    [Id(4)]
    public long Rows { get; init; }

    /// <summary>The sum of its waits.</summary>
    [Id(5)]
    public double WaitedMilliseconds { get; init; }

    /// <summary>The time for which it had the table; an insert turn counts in full for each source in it.</summary>
    [Id(6)]
    public double HeldMilliseconds { get; init; }

    /// <summary>The time during which others waited while it had the table.</summary>
    [Id(7)]
    public double BlockedMilliseconds { get; init; }

    /// <summary>True for an update that writes the table, false for one that reads it.</summary>
    [Id(8)]
    public bool IsExclusive { get; init; }

    /// <summary>The time span of these figures: up to an hour.</summary>
    [Id(9)]
    public double WindowMinutes { get; init; }
}
