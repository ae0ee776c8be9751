namespace Coordinator.Jobs;

/// <summary>What became of a job's run. Add at the end only: the numbers travel.</summary>
public enum JobRunStatus
{
    /// <summary>It waits for its tables, or its SQL runs.</summary>
    Pending = 0,

    /// <summary>Its SQL and its ledger row are committed, together.</summary>
    Committed = 1,

    /// <summary>It came while an earlier tick still waited, and that one's run did its work.</summary>
    Coalesced = 2,

    /// <summary>The warehouse refused it; it is not tried again.</summary>
    Rejected = 3,

    /// <summary>The last try failed by something that passes, such as conflicts; its worker tries again.</summary>
    Failed = 4,
}
