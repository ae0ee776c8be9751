namespace Coordinator.Contention;

/// <summary>All details of one table, over all silos.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.TableDetail")]
public sealed record TableDetail
{
    /// <summary>The silos' clock at the time of the read.</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    [Id(1)]
    public required TableContention Now { get; init; }

    /// <summary>Past turns, oldest first.</summary>
    [Id(2)]
    public IReadOnlyList<TurnRecord> Turns { get; init; } = [];

    /// <summary>Waits of inserts and updates for their turns.</summary>
    [Id(3)]
    public DurationHistogram Wait { get; init; } = DurationHistogram.Empty;

    /// <summary>Lengths of turns.</summary>
    [Id(4)]
    public DurationHistogram Hold { get; init; } = DurationHistogram.Empty;

    /// <summary>Durations of insert transactions in the warehouse.</summary>
    [Id(5)]
    public DurationHistogram Commit { get; init; } = DurationHistogram.Empty;

    /// <summary>The sources of the last hour, ordered by how long others waited for them.</summary>
    [Id(6)]
    public IReadOnlyList<SourceFigures> Sources { get; init; } = [];

    /// <summary>The last hour, oldest first, without empty slots.</summary>
    [Id(7)]
    public IReadOnlyList<HistorySlot> History { get; init; } = [];

    /// <summary>Oldest first.</summary>
    [Id(8)]
    public IReadOnlyList<LockChange> LockHistory { get; init; } = [];

    /// <summary>The latest conflicts, oldest first.</summary>
    [Id(9)]
    public IReadOnlyList<ConflictRecord> Conflicts { get; init; } = [];

    /// <summary>The updates that hold this table or wait for it, with every other table that they, or the updates that they wait for, hold or
    /// wait for.</summary>
    [Id(10)]
    public IReadOnlyList<WaitEdge> Waits { get; init; } = [];

    /// <summary>The outcomes of updates that ran on the silo that was read. After the merge over all silos <see cref="Turns"/> contains
    /// them.</summary>
    [Id(11)]
    public IReadOnlyList<UpdateEnd> Ends { get; init; } = [];
}
