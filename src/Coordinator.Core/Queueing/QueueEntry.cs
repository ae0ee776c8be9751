using Coordinator.Intents;

namespace Coordinator.Core.Queueing;

/// <summary>Somebody in the queue: rows to insert, or an update that wants the table.</summary>
public abstract class QueueEntry
{
    private protected QueueEntry(IntentId id, string source, long enqueuedAt)
    {
        Id = id;
        Source = source;
        EnqueuedAt = enqueuedAt;
    }

    /// <summary>The intent.</summary>
    public IntentId Id { get; }

    /// <summary>Who wants it.</summary>
    public string Source { get; }

    /// <summary>Since when it waits, as a timestamp of the queue's clock.</summary>
    public long EnqueuedAt { get; }

    /// <summary>True once it waits no longer, because it was given up or ran out of time. It is passed over when its turn comes.</summary>
    internal bool IsWithdrawn { get; set; }

    /// <summary>The entry as a value.</summary>
    internal abstract WaitingEntry ToWaiting();
}
