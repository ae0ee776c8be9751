namespace Coordinator.Receipts;

/// <summary>The status of a write intent. Add at the end only: the numbers are on the wire.</summary>
public enum WriteStatus
{
    /// <summary>Still queued or running. Submit the same intent again to continue the wait.</summary>
    Pending = 0,

    /// <summary>The rows and their ledger row are committed together.</summary>
    Committed = 1,

    /// <summary>An earlier submission of the same intent is committed. Nothing was written now.</summary>
    AlreadyCommitted = 2,

    /// <summary>Nothing was written, and the same intent would be rejected again.</summary>
    Rejected = 3,
}
