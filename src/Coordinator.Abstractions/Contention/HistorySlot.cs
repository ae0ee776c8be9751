namespace Coordinator.Contention;

/// <summary>30 seconds of a table's history.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.HistorySlot")]
public sealed record HistorySlot
{
    /// <summary>The length of a slot.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    /// <summary>The number of slots in an hour, which is the length of the history.</summary>
    public const int InAnHour = 120;

    /// <summary>The start of the slot: a multiple of <see cref="Length"/>.</summary>
    [Id(0)]
    public DateTimeOffset At { get; init; }

    /// <summary>The average age of the oldest wait during the slot.</summary>
    [Id(1)]
    public double ContentionMilliseconds { get; init; }

    /// <summary>The time in the slot during which a write waited for another's turn.</summary>
    [Id(2)]
    public double BlockedMilliseconds { get; init; }

    /// <summary>The time in the slot during which inserts had the table.</summary>
    [Id(3)]
    public double InsertsHeldMilliseconds { get; init; }

    /// <summary>The time in the slot during which updates had the table; shared updates count separately.</summary>
    [Id(4)]
    public double UpdatesHeldMilliseconds { get; init; }

    /// <summary>Committed intents.</summary>
    [Id(5)]
    public long Intents { get; init; }

    /// <summary>Rows committed by inserts.</summary>
    [Id(6)]
    public long Rows { get; init; }

    /// <summary>Transactions committed by inserts.</summary>
    [Id(7)]
    public int Batches { get; init; }

    /// <summary>Transactions that failed because of a conflict.</summary>
    [Id(8)]
    public int Conflicts { get; init; }
}
