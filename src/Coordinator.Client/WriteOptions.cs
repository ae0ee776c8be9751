using Coordinator.Intents;

namespace Coordinator.Client;

/// <summary>Options of one write. Every member has a default.</summary>
public sealed record WriteOptions
{
    /// <summary>The idempotency key. Null for the client's own: an origin for each client and table, with consecutive numbers.</summary>
    public IntentId? Id { get; init; }

    /// <summary>A hash of the content under <see cref="Id"/>: the ledger stores it, and other content under a known id is rejected. Null for the
    /// hash of the sent content; <see cref="Guid.Empty"/> for none, if an id is never reused for other content. Ignored without an
    /// <see cref="Id"/>.</summary>
    public Guid? ContentHash { get; init; }

    /// <summary>Further origins under which the ledger records the origin of <see cref="Id"/>, so that a file is identified after it was edited.
    /// Usually empty.</summary>
    public IReadOnlyList<Guid> Anchors { get; init; } = [];

    /// <summary>The writer's name on the contention page. Null for <see cref="CoordinatorClientOptions.Source"/>.</summary>
    public string? Source { get; init; }

    /// <summary>How long to retry, over all attempts, up to a day. It also limits the intent's wait in the table's queue. Null for
    /// <see cref="CoordinatorClientOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>True to retry while the table's queue is full; false to get <see cref="Errors.QueueFullException"/> immediately, for callers
    /// that pass on the back-pressure.</summary>
    public bool WaitWhenFull { get; init; } = true;
}
