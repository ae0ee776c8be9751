using System.Runtime.ExceptionServices;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>The outcomes of the attempts at one write, which decide the exception when the timeout expires.</summary>
internal sealed class Attempts(IntentId id, TimeSpan timeout)
{
    private Exception? _lastFailure;
    private CoordinatorException? _lastAnswer;
    private string _outage = "";
    private bool _mayHaveGoneThrough;

    public IntentId Id { get; } = id;

    /// <summary>Adds the outcome of an attempt.</summary>
    public void Note(WriteReceipt? receipt, Exception? failure)
    {
        _lastFailure = failure;
        // An attempt that is cut off, overdue or not delivered answers nothing, and the cause that an earlier one named still stands.
        if (receipt is not null || failure is CoordinatorException) _lastAnswer = failure as CoordinatorException;
        if (receipt is not null) _outage = receipt is { Status: WriteStatus.Pending, Errors: [var cause, ..] } ? cause.Reason : "";
        _mayHaveGoneThrough |= receipt?.Status == WriteStatus.Pending || (failure is not null && AttemptFailure.MayHaveGoneThrough(failure));
    }

    /// <summary>The timeout ended an attempt before its answer.</summary>
    public void NoteCutOff() => _mayHaveGoneThrough = true;

    private string LastAnswer => (_lastAnswer is { } last ? $" The last answer was: {last.Message}" : "")
        + (_outage.Length > 0 ? $" It waits because {_outage}" : "");

    /// <summary>The exception for the caller when no time is left.</summary>
    public Exception OutOfTime()
    {
        if (_mayHaveGoneThrough)
        {
            return new OutcomeUnknownException(
                $"Intent {Id} had no final answer within {timeout}; it may or may not be written. Submit it again under the same id to find "
                    + $"out.{LastAnswer}", innerException: _lastFailure);
        }

        if (_lastFailure is CoordinatorException) ExceptionDispatchInfo.Throw(_lastFailure);
        return new SiloUnavailableException(
            $"No silo answered intent {Id} within {timeout}, so this call wrote nothing. Is a silo running?", TimeSpan.FromSeconds(1), _lastFailure);
    }
}
