namespace Coordinator.Warehouse.Npgsql.Failures;

/// <summary>The stage of a transaction. The same SQLSTATE means different things at each stage.</summary>
internal enum TransactionStage
{
    /// <summary>Outside a transaction or at its fence: only the coordinator's own statements run, so an error is never the caller's fault, and a
    /// conflicting session is a rival.</summary>
    Fence,

    /// <summary>The rows or the SQL.</summary>
    Work,

    /// <summary>COMMIT is under way: without the server's answer the outcome is unknown.</summary>
    Commit,
}
