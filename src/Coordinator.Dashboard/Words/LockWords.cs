using Coordinator.Contention;

namespace Coordinator.Dashboard.Words;

/// <summary>Descriptions of ghetto lock states.</summary>
/// <param name="State">As in <see cref="LockView"/>.</param>
/// <param name="Meaning">The description of the state.</param>
/// <param name="Grade">The severity: <c>success</c>, <c>idle</c>, <c>warning</c> or <c>error</c>.</param>
public sealed record LockWords(LeaseState State, string Meaning, string Grade)
{
    /// <summary>The description of a state.</summary>
    public static LockWords Of(LeaseState state) => state switch
    {
        LeaseState.Held => new(state, "This activation holds the lock.", "success"),
        LeaseState.Unverified => new(state, "memcached did not answer when it was last asked. The lock is certain until its lease "
            + "ends; after that the "
            + "table continues with the ledger alone, or stops, depending on WhenUnavailable.", "warning"),
        LeaseState.Waiting => new(state, "Another activation holds the lock; this one waits for it.", "warning"),
        LeaseState.Quarantined => new(state, "memcached lost its memory; the lock is not granted until old leases are over.", "warning"),
        LeaseState.Lost => new(state, "Another activation has the lock now; this activation ends.", "error"),
        LeaseState.Released => new(state, "The activation released the lock when it ended.", "idle"),
        LeaseState.None => new(state, "There is no lock: there is no activation, or it has had no calls yet.", "idle"),
        _ => new(state, "Unknown state.", "warning"),
    };
}
