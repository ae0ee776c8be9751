using Coordinator.Errors;
using Coordinator.Receipts;
using Polly;

namespace Coordinator.Client.Submitting;

/// <summary>One write within the retry pipeline.</summary>
internal sealed class Retrying(Attempts attempts, WriteOptions? options, Outcome<WriteReceipt> first, TimeSpan remaining)
{
    private bool _firstTaken;

    public Attempts Attempts { get; } = attempts;

    public TimeSpan Remaining { get; } = remaining;

    /// <summary>True if another attempt should follow a failure.</summary>
    public static bool IsWorthIt(Exception failure, WriteOptions? options) =>
        Failures.IsTransient(failure) && !(failure is QueueFullException && options is { WaitWhenFull: false });

    /// <summary>The outcome of the attempt before the pipeline; null from the second call on.</summary>
    public Outcome<WriteReceipt>? TakeFirst()
    {
        if (_firstTaken) return null;
        _firstTaken = true;
        return first;
    }

    public void NoteFirst() => Attempts.Note(first.Result, first.Exception);

    public bool ShouldRetry(WriteReceipt? receipt, Exception? failure)
    {
        Attempts.Note(receipt, failure);
        return failure is null ? receipt?.Status == WriteStatus.Pending : IsWorthIt(failure, options);
    }

    /// <summary>The receipt for the caller. Only this call knows an id that it made itself, so "already committed" is the result of its own
    /// earlier attempt.</summary>
    public WriteReceipt Final(WriteReceipt receipt) =>
        options?.Id is null && receipt.Status == WriteStatus.AlreadyCommitted ? receipt with { Status = WriteStatus.Committed } : receipt;
}
