using Coordinator.Intents;

namespace Coordinator.Client;

/// <summary>How one write is to be done. Every member has a default.</summary>
public sealed record WriteOptions
{
    /// <summary>The idempotency key. Null for the client's own: an origin for each client and table, counting up.</summary>
    public IntentId? Id { get; init; }

    /// <summary>
    /// A hash of the content under <see cref="Id"/>: the ledger keeps it, and other content under a known id is rejected. Null for the hash of what is sent; <see cref="Guid.Empty"/> for none,
    /// where one id never names other content. Without an <see cref="Id"/> it is not used.
    /// </summary>
    public Guid? ContentHash { get; init; }

    /// <summary>Origins under which the ledger is to know the origin of <see cref="Id"/> as well, so that a file is recognised after it was mended. None for most.</summary>
    public IReadOnlyList<Guid> Anchors { get; init; } = [];

    /// <summary>Who writes, for the contention page. Null for <see cref="CoordinatorClientOptions.Source"/>.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// How long to try, all attempts together, up to a day. It also bounds the intent's wait in the table's queue. Null for <see cref="CoordinatorClientOptions.Timeout"/>.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// True to try again while the table's queue is full; false to get <see cref="Errors.QueueFullException"/> at once, for callers that hand the pressure on.
    /// </summary>
    public bool WaitWhenFull { get; init; } = true;
}
