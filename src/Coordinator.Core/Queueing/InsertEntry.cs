using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Core.Queueing;

/// <summary>An insert that waits for its turn or runs, and the callers that wait for its receipt.</summary>
public sealed class InsertEntry : QueueEntry
{
    private TaskCompletionSource<WriteReceipt>? _waiter;

    internal InsertEntry(InsertIntent intent, TableSchema? schema, long enqueuedAt, long expiresAt)
        : base(intent.Id, intent.Source, enqueuedAt)
    {
        Intent = intent;
        Schema = schema;
        ExpiresAt = expiresAt;
    }

    /// <summary>The intent.</summary>
    public InsertIntent Intent { get; }

    /// <summary>The table that the rows were bound to.</summary>
    public TableSchema? Schema { get; }

    /// <summary>When its wait expires, as a timestamp of the queue's clock.</summary>
    public long ExpiresAt { get; }

    /// <summary>When its callers get "pending".</summary>
    internal long PollEndsAt { get; private set; }

    /// <summary>False if all callers got "pending" and none has come back yet.</summary>
    public bool IsAwaited => _waiter is not null;

    internal override WaitingEntry ToWaiting() => new(Id, Source, EnqueuedAt, null);

    internal Task<WriteReceipt> Join(long pollEndsAt)
    {
        PollEndsAt = pollEndsAt;
        // Asynchronous continuations, so that one caller's code never runs inside the grain's processing of another call.
        _waiter ??= new TaskCompletionSource<WriteReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiter.Task;
    }

    internal void Answer(WriteReceipt receipt)
    {
        _waiter?.TrySetResult(receipt);
        _waiter = null;
    }

    internal void Fail(Exception exception)
    {
        _waiter?.TrySetException(exception);
        _waiter = null;
    }
}
