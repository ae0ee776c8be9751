using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Receipts;
using Polly;

namespace Coordinator.Client.Submitting;

/// <summary>One write within the retry pipeline.</summary>
internal sealed class Retrying(Attempts attempts, SubmitTerms terms, Outcome<WriteReceipt> first, long started, TimeProvider time)
{
    private bool _firstTaken;
    private TableLockedException? _locked;

    public Attempts Attempts { get; } = attempts;

    /// <summary>How long the caller waited still when the pipeline was entered.</summary>
    public TimeSpan Remaining { get; } = terms.Timeout - time.GetElapsedTime(started);

    /// <summary>How long the caller waits still.</summary>
    public TimeSpan Left => terms.Timeout - time.GetElapsedTime(started);

    /// <summary>True if another attempt should follow a failure.</summary>
    public static bool IsWorthIt(Exception failure, SubmitTerms terms) =>
        AttemptFailure.IsTransient(failure) && !(failure is QueueFullException && !terms.WaitsWhenFull);

    /// <summary>True if the table is locked and the time that is left is too short to hear so once more: another attempt would only be cut off,
    /// with its outcome unknown.</summary>
    public bool IsTooLateFor(Exception failure) => failure is TableLockedException && Left <= CallerTime.Least;

    /// <summary>To be called before an attempt.</summary>
    /// <exception cref="TableLockedException">The table was locked at the last attempt, and it is too late for another one.</exception>
    public void ThrowIfTooLate()
    {
        if (_locked is { } locked && IsTooLateFor(locked)) throw locked;
    }

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
        _locked = failure as TableLockedException;
        return failure is null ? receipt?.Status == WriteStatus.Pending : IsWorthIt(failure, terms) && !IsTooLateFor(failure);
    }

    /// <summary>The receipt for the caller. Only this call knows an id that it made itself, so "already committed" is the result of its own
    /// earlier attempt.</summary>
    public WriteReceipt Final(WriteReceipt receipt) =>
        !terms.IsCallersId && receipt.Status == WriteStatus.AlreadyCommitted ? receipt with { Status = WriteStatus.Committed } : receipt;
}
