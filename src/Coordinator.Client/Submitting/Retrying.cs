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

    /// <summary>True if a failure is to be followed by another attempt.</summary>
    public static bool IsWorthIt(Exception failure, WriteOptions? options) =>
        Failures.IsTransient(failure) && !(failure is QueueFullException && options is { WaitWhenFull: false });

    /// <summary>The outcome of the attempt made before the pipeline was entered; null from the second time on.</summary>
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

    /// <summary>What the caller is told. An id that this call made is known to nobody else: what has committed it already is an earlier attempt of this very call.</summary>
    public WriteReceipt Final(WriteReceipt receipt) =>
        options?.Id is null && receipt.Status == WriteStatus.AlreadyCommitted ? receipt with { Status = WriteStatus.Committed } : receipt;
}
