namespace Coordinator.Contention;

/// <summary>Half a minute of a table's history.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.HistorySlot")]
public sealed record HistorySlot
{
    /// <summary>How long a slot lasts.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    /// <summary>How many there are in an hour: so far back history goes.</summary>
    public const int InAnHour = 120;

    /// <summary>When it began: a multiple of <see cref="Length"/>.</summary>
    [Id(0)]
    public DateTimeOffset At { get; init; }

    /// <summary>How old the oldest wait was on average over the slot.</summary>
    [Id(1)]
    public double ContentionMilliseconds { get; init; }

    /// <summary>How long of the slot somebody waited for another's turn.</summary>
    [Id(2)]
    public double BlockedMilliseconds { get; init; }

    /// <summary>How long of the slot inserts had the table.</summary>
    [Id(3)]
    public double InsertsHeldMilliseconds { get; init; }

    /// <summary>How long of the slot updates had the table; of those that read beside each other, each counts.</summary>
    [Id(4)]
    public double UpdatesHeldMilliseconds { get; init; }

    /// <summary>Intents committed.</summary>
    [Id(5)]
    public long Intents { get; init; }

    /// <summary>Rows committed by inserts.</summary>
    [Id(6)]
    public long Rows { get; init; }

    /// <summary>Transactions committed by inserts.</summary>
    [Id(7)]
    public int Batches { get; init; }

    /// <summary>Transactions failed by conflict.</summary>
    [Id(8)]
    public int Conflicts { get; init; }
}
