using Coordinator.Intents;

namespace Coordinator.Core.Jobs;

/// <summary>The ticks whose work one run does: its own, and until its SQL begins, later ones of the same job that would do the very same.</summary>
public sealed class TickCover(UpdateIntent run)
{
    private bool _isClosed;
    private long _done = run.Id.Sequence;

    /// <summary>The last sequence number covered.</summary>
    public long Through { get; private set; } = run.Id.Sequence;

    /// <summary>Takes a later tick in, or answers false if it has to run by itself. Asking again changes nothing.</summary>
    public bool TryAdd(UpdateIntent tick)
    {
        ArgumentNullException.ThrowIfNull(tick);
        if (tick.Id.Origin != run.Id.Origin || tick.Id.Sequence <= run.Id.Sequence) return false;
        if (tick.Id.Sequence <= Through) return true;
        if (_isClosed || !IsSameWork(tick)) return false;
        Through = tick.Id.Sequence;
        return true;
    }

    /// <summary>From here on none is taken in: what comes now may want what the SQL no longer sees.</summary>
    public long Close()
    {
        _isClosed = true;
        return Through;
    }

    /// <summary>The ledger has the run: told by its row, what of it is done.</summary>
    public void Settle(long through) => _done = through;

    /// <summary>True if the ledger's row says so of a tick that was taken in.</summary>
    public bool HasDone(IntentId tick) => tick.Sequence <= _done;

    private bool IsSameWork(UpdateIntent tick) =>
        tick.Job.Equals(run.Job, StringComparison.OrdinalIgnoreCase) && tick.Sql == run.Sql && tick.MaxDuration == run.MaxDuration
        && tick.Writes.SequenceEqual(run.Writes) && tick.Reads.SequenceEqual(run.Reads)
        && tick.Parameters.SequenceEqual(run.Parameters);
}
