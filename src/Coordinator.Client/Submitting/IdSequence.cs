using Coordinator.Intents;

namespace Coordinator.Client.Submitting;

/// <summary>The ids of one writer: consecutive numbers of a new origin, so that a batch of them is one row of the ledger.</summary>
internal sealed class IdSequence(Guid origin)
{
    private long _last = -1;

    public IntentId Next() => new(origin, Interlocked.Increment(ref _last));
}
