namespace Coordinator.Contention;

/// <summary>What one source did at a table in the last hour.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.SourceFigures")]
public sealed record SourceFigures
{
    /// <summary>The source; <c>(others)</c> for those beyond the limit, empty for writers without a name.</summary>
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
}
