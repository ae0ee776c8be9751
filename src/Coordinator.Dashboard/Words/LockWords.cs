using Coordinator.Contention;

namespace Coordinator.Dashboard.Words;

/// <summary>Descriptions of ghetto lock states.</summary>
/// <param name="State">As in <see cref="LockView"/>.</param>
/// <param name="Meaning">The description of the state.</param>
/// <param name="Grade">The severity: <c>success</c>, <c>idle</c>, <c>warning</c> or <c>error</c>.</param>
public sealed record LockWords(string State, string Meaning, string Grade)
{
    /// <summary>The description of a state.</summary>
    public static LockWords Of(string state) => state switch
    {
        "held" => new(state, "This activation holds the lock.", "success"),
        "unverified" => new(state, "memcached did not answer when it was last asked. The lock is certain until its lease ends; after that the table works on with the ledger alone, or stops, as WhenUnavailable says.", "warning"),
        "waiting" => new(state, "Another activation holds the lock; this one waits for it.", "warning"),
        "quarantined" => new(state, "memcached lost its memory; the lock is not granted until old leases are over.", "warning"),
        "lost" => new(state, "The lock is another's now; this activation ends.", "error"),
        "released" => new(state, "The activation gave the lock back when it ended.", "idle"),
        "none" => new(state, "There is no lock: no activation lives, or it has had nothing to do yet.", "idle"),
        _ => new(state, "A state that this page does not know.", "warning"),
    };
}
