namespace Coordinator.Contention;

/// <summary>What one source did at a table in the last half hour to hour.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.SourceFigures")]
public sealed record SourceFigures
{
    /// <summary>What stands for the sources beyond the limit.</summary>
    public const string Others = "(others)";

    /// <summary>The source; <see cref="Others"/> for those beyond the limit, empty for writers without a name.</summary>
    [Id(0)]
    public required string Source { get; init; }

    /// <summary>True for updates: their turns are holds. False for inserts.</summary>
    [Id(1)]
    public bool IsUpdate { get; init; }

    /// <summary>Turns it had or had a part in.</summary>
    [Id(2)]
    public long Turns { get; init; }

    /// <summary>Insert intents.</summary>
    [Id(3)]
    public long Intents { get; init; }

    /// <summary>Rows of these.</summary>
    [Id(4)]
    public long Rows { get; init; }

    /// <summary>Its waits, added up.</summary>
    [Id(5)]
    public double WaitedMilliseconds { get; init; }

    /// <summary>How long it had the table; an insert turn counts in full for each source in it.</summary>
    [Id(6)]
    public double HeldMilliseconds { get; init; }

    /// <summary>How long somebody waited while it had the table.</summary>
    [Id(7)]
    public double BlockedMilliseconds { get; init; }

    /// <summary>True for an update that writes the table, false for one that reads it.</summary>
    [Id(8)]
    public bool IsExclusive { get; init; }

    /// <summary>The time that these figures cover: up to an hour.</summary>
    [Id(9)]
    public double WindowMinutes { get; init; }
}
