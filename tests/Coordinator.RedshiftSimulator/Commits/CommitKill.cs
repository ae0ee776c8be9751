namespace Coordinator.RedshiftSimulator.Commits;

/// <summary>How a session dies at COMMIT.</summary>
public enum CommitKill
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Before COMMIT takes effect: the transaction is rolled back.</summary>
    Before,

    /// <summary>After COMMIT took effect, before the client hears of it.</summary>
    After,

    /// <summary>The client is cut off, and the session commits all the same, later: whoever looks too soon finds nothing.</summary>
    Late,
}
