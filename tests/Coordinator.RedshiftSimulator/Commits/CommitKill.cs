namespace Coordinator.RedshiftSimulator.Commits;

/// <summary>How a session ends at COMMIT.</summary>
public enum CommitKill
{
    /// <summary>It does not end.</summary>
    None,

    /// <summary>Before COMMIT takes effect: the transaction is rolled back.</summary>
    Before,

    /// <summary>After COMMIT took effect, before the client gets the answer.</summary>
    After,

    /// <summary>The client is cut off, but the session commits later: a check that comes too early finds nothing.</summary>
    Late,
}
