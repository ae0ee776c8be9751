using Coordinator.Intents;

namespace Coordinator.Core.Jobs;

/// <summary>The ticks that one run covers: its own, and until its SQL starts, later ones of the same job with identical work.</summary>
public sealed class CoalescedTicks(UpdateIntent run)
{
    private bool _isClosed;
    private long _done = run.Id.Sequence;

    /// <summary>The last sequence number covered.</summary>
    public long Through { get; private set; } = run.Id.Sequence;

    /// <summary>Adds a later tick, or returns false if it must run by itself. Idempotent.</summary>
    public bool TryAdd(UpdateIntent tick)
    {
        ArgumentNullException.ThrowIfNull(tick);
        if (tick.Id.Origin != run.Id.Origin || tick.Id.Sequence <= run.Id.Sequence) return false;
        if (tick.Id.Sequence <= Through) return true;
        if (_isClosed || !IsSameWork(tick)) return false;
        Through = tick.Id.Sequence;
        return true;
    }

    /// <summary>Stops adding ticks: a later tick may need data that the SQL no longer sees. A tick that is not due yet does so, too, and runs by
    /// itself.</summary>
    /// <param name="lastDue">The last sequence number that is due.</param>
    public long Close(long lastDue)
    {
        _isClosed = true;
        return Through = Math.Min(Through, Math.Max(lastDue, run.Id.Sequence));
    }

    /// <summary>The ledger has the run: sets the ticks that its row covers.</summary>
    public void Settle(long through) => _done = through;

    /// <summary>True if the ledger's row covers a tick that was added.</summary>
    public bool HasDone(IntentId tick) => tick.Sequence <= _done;

    private bool IsSameWork(UpdateIntent tick) =>
        tick.Job.Equals(run.Job, StringComparison.OrdinalIgnoreCase) && tick.Sql == run.Sql && tick.MaxDuration == run.MaxDuration
        && tick.Writes.SequenceEqual(run.Writes) && tick.Reads.SequenceEqual(run.Reads)
        && tick.Parameters.SequenceEqual(run.Parameters);
}
