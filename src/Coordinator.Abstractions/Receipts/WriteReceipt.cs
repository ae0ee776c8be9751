using Coordinator.Intents;

namespace Coordinator.Receipts;

/// <summary>The outcome of one write intent. A receipt is committed only when rows and ledger row are committed.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.WriteReceipt")]
public sealed record WriteReceipt
{
    // Null for none: most receipts have none, and an absent array takes no bytes on the wire.
    [Id(5)]
    private readonly RowError[]? _errors;

    [Id(8)]
    private readonly long[]? _statementRows;

    /// <summary>The intent's id.</summary>
    [Id(0)]
    public required IntentId Id { get; init; }

    /// <summary>The status.</summary>
    [Id(1)]
    public required WriteStatus Status { get; init; }

    /// <summary>Rows inserted, or rows affected by an update's SQL. 0 unless committed.</summary>
    [Id(2)]
    public long Rows { get; init; }

    /// <summary>The warehouse's clock immediately before the commit; null unless committed. If the id is committed with other content, the
    /// rejection has the time and the <see cref="BatchId"/> of that content.</summary>
    [Id(3)]
    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>The transaction: all intents of one batch share it. Empty unless committed.</summary>
    [Id(4)]
    public Guid BatchId { get; init; }

    /// <summary>The errors of a rejection, at least one; for a pending intent, the outage that it waits for, if one is known; otherwise empty. Long
    /// lists are cut after a hundred.</summary>
    public IReadOnlyList<RowError> Errors
    {
        get => _errors ?? [];
        init => _errors = value is { Count: > 0 } ? [.. value] : null;
    }

    /// <summary>An update's wait for its tables.</summary>
    [Id(6)]
    public TimeSpan Waited { get; init; }

    /// <summary>An update's time in the warehouse.</summary>
    [Id(7)]
    public TimeSpan Ran { get; init; }

    /// <summary>The rows that each statement of an update inserted, updated or deleted, in order; 0 for other statements. Empty for inserts and
    /// unless this submission committed, because the ledger keeps only the sum.</summary>
    public IReadOnlyList<long> StatementRows
    {
        get => _statementRows ?? [];
        init => _statementRows = value is { Count: > 0 } ? [.. value] : null;
    }

    /// <summary>The run of an earlier tick of the job that covers this tick, because it still waited for its tables when this tick became due.
    /// Null if the tick ran by itself.</summary>
    [Id(9)]
    public IntentId? CoalescedInto { get; init; }

    /// <summary>True once the rows are in the warehouse, by this submission or an earlier one.</summary>
    public bool IsCommitted => Status is WriteStatus.Committed or WriteStatus.AlreadyCommitted;

    /// <summary>Returns this receipt, or throws if the intent was rejected.</summary>
    /// <exception cref="IntentRejectedException">The intent was rejected.</exception>
    public WriteReceipt EnsureNotRejected() =>
        Status == WriteStatus.Rejected ? throw new IntentRejectedException(Id, Errors) : this;

    /// <summary>The receipt of an intent that still waits or runs.</summary>
    public static WriteReceipt Pending(IntentId id) => new() { Id = id, Status = WriteStatus.Pending };

    /// <summary>The receipt of an intent that still waits or runs, with what it waits for if that is known.</summary>
    public static WriteReceipt Pending(IntentId id, string? cause) =>
        cause is null ? Pending(id) : Pending(id) with { Errors = [RowError.OfIntent(cause)] };

    /// <summary>The receipt of an intent that does not fit.</summary>
    public static WriteReceipt Rejected(IntentId id, params IReadOnlyList<RowError> errors) =>
        new() { Id = id, Status = WriteStatus.Rejected, Errors = errors };
}
