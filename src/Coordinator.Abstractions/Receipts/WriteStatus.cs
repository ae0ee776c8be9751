namespace Coordinator.Receipts;

/// <summary>What became of a write intent. Add at the end only: the numbers travel.</summary>
public enum WriteStatus
{
    /// <summary>Still queued or running. Submit the same intent again to wait on.</summary>
    Pending = 0,

    /// <summary>The rows and their ledger row are committed, together.</summary>
    Committed = 1,

    /// <summary>An earlier submission of the same intent is committed; nothing was written now.</summary>
    AlreadyCommitted = 2,

    /// <summary>Nothing was written, and submitting the same again would be rejected again.</summary>
    Rejected = 3,
}
