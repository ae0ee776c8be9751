namespace Coordinator.Jobs;

/// <summary>The status of a job's run. Add at the end only: the numbers are on the wire.</summary>
public enum JobRunStatus
{
    /// <summary>The run waits for its tables, or its SQL runs.</summary>
    Pending = 0,

    /// <summary>The SQL and the ledger row are committed together.</summary>
    Committed = 1,

    /// <summary>The run of an earlier tick, which still waited when this tick became due, covers it.</summary>
    Coalesced = 2,

    /// <summary>The warehouse refused it. It is not retried.</summary>
    Rejected = 3,

    /// <summary>The last try failed for a temporary reason, such as a conflict. The worker retries.</summary>
    Failed = 4,
}
