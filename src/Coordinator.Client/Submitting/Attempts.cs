using System.Runtime.ExceptionServices;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>What came of the attempts at one write so far, and so what to say when the time is up.</summary>
internal sealed class Attempts(IntentId id, TimeSpan timeout)
{
    private Exception? _lastFailure;
    private bool _mayHaveGoneThrough;

    public IntentId Id { get; } = id;

    /// <summary>Remembers an attempt's outcome.</summary>
    public void Note(WriteReceipt? receipt, Exception? failure)
    {
        _lastFailure = failure;
        _mayHaveGoneThrough |= receipt?.Status == WriteStatus.Pending || (failure is not null && Failures.MayHaveGoneThrough(failure));
    }

    /// <summary>An attempt was cut off by the timeout before anything came back.</summary>
    public void NoteCutOff() => _mayHaveGoneThrough = true;

    /// <summary>Throws what the caller is told when no time is left.</summary>
    public Exception OutOfTime()
    {
        if (_mayHaveGoneThrough)
        {
            return new OutcomeUnknownException(
                $"Intent {Id} had no final answer within {timeout}; it may or may not be written. Submit it again under the same id to find out.", innerException: _lastFailure);
        }

        if (_lastFailure is CoordinatorException) ExceptionDispatchInfo.Throw(_lastFailure);
        return new SiloUnavailableException($"No silo answered intent {Id} within {timeout}, so this call wrote nothing. Is a silo running?", TimeSpan.FromSeconds(1), _lastFailure);
    }
}
