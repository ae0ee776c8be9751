using Coordinator.Intents;

namespace Coordinator.Client.Submitting;

/// <summary>The ids of one writer: a new origin with consecutive numbers, so that a batch of them is one row of the ledger.</summary>
internal sealed class IdSequence
{
    private readonly Guid _origin = Guid.NewGuid();
    private long _last = -1;

    public IntentId Next() => new(_origin, Interlocked.Increment(ref _last));
}
