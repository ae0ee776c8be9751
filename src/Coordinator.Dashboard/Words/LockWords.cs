using Coordinator.Contention;
using MudBlazor;

namespace Coordinator.Dashboard.Words;

/// <summary>Ghetto locks in words: the state, what it means, and how much it should catch the eye.</summary>
/// <param name="State">As in <see cref="LockView"/>.</param>
/// <param name="Meaning">What the state means.</param>
/// <param name="Severity">How much it should catch the eye.</param>
public sealed record LockWords(string State, string Meaning, Severity Severity)
{
    /// <summary>Reads a state.</summary>
    public static LockWords Of(string state) => state switch
    {
        "held" => new(state, "This activation holds the lock.", Severity.Success),
        "unverified" => new(state, "memcached cannot be asked; the table works on, and only the ledger keeps duplicates out.", Severity.Warning),
        "waiting" => new(state, "Another activation holds the lock; this one waits for it.", Severity.Warning),
        "quarantined" => new(state, "memcached lost its memory; nobody gets the lock until old leases are over.", Severity.Warning),
        "lost" => new(state, "The lock is another's now; this activation ends.", Severity.Error),
        "released" => new(state, "The activation gave the lock back when it ended.", Severity.Normal),
        "none" => new(state, "No activation lives now, so there is no lock.", Severity.Normal),
        _ => new(state, "A state that this page does not know.", Severity.Warning),
    };
}
