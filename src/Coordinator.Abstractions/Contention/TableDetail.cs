namespace Coordinator.Contention;

/// <summary>Everything that is known of one table, over all silos.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.TableDetail")]
public sealed record TableDetail
{
    /// <summary>The silos' clock when it was read.</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    [Id(1)]
    public required TableContention Now { get; init; }

    /// <summary>Turns that are over, oldest first.</summary>
    [Id(2)]
    public IReadOnlyList<TurnRecord> Turns { get; init; } = [];

    /// <summary>How long inserts and updates waited for their turns.</summary>
    [Id(3)]
    public DurationHistogram Wait { get; init; } = DurationHistogram.Empty;

    /// <summary>How long turns were held.</summary>
    [Id(4)]
    public DurationHistogram Hold { get; init; } = DurationHistogram.Empty;

    /// <summary>How long the transactions of inserts took in the warehouse.</summary>
    [Id(5)]
    public DurationHistogram Commit { get; init; } = DurationHistogram.Empty;

    /// <summary>The sources of the last hour, those who had others wait the longest first.</summary>
    [Id(6)]
    public IReadOnlyList<SourceFigures> Sources { get; init; } = [];

    /// <summary>The last hour, oldest first, without slots in which nothing happened.</summary>
    [Id(7)]
    public IReadOnlyList<HistorySlot> History { get; init; } = [];

    /// <summary>Oldest first.</summary>
    [Id(8)]
    public IReadOnlyList<LockChange> LockHistory { get; init; } = [];

    /// <summary>The latest, oldest first.</summary>
    [Id(9)]
    public IReadOnlyList<ConflictRecord> Conflicts { get; init; } = [];

    /// <summary>The updates that hold this table or wait for it, with every other table that they, or those whom they wait for, hold or wait for.</summary>
    [Id(10)]
    public IReadOnlyList<WaitEdge> Waits { get; init; } = [];

    /// <summary>What became of updates that ran where this was read. Told in <see cref="Turns"/> already, when it is over all silos.</summary>
    [Id(11)]
    public IReadOnlyList<UpdateEnd> Ends { get; init; } = [];
}
