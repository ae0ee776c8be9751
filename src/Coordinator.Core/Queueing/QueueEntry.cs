using Coordinator.Intents;

namespace Coordinator.Core.Queueing;

/// <summary>An entry of the queue: rows to insert, or an update that needs the table.</summary>
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

    /// <summary>The writer.</summary>
    public string Source { get; }

    /// <summary>When it was queued, as a timestamp of the queue's clock.</summary>
    public long EnqueuedAt { get; }

    /// <summary>True once it no longer waits, because its turn came, it was given up, or it expired. The line passes over it.</summary>
    internal bool IsWithdrawn { get; set; }

    /// <summary>The entry as a value.</summary>
    internal abstract WaitingEntry ToWaiting();
}
