namespace Coordinator.Warehouse.Redshift.Failures;

/// <summary>How far a transaction came: the same SQLSTATE means different things at each.</summary>
internal enum TransactionStage
{
    /// <summary>Outside a transaction or at its fence: our own statements, so nothing is the caller's fault, and whoever is in the way is a rival.</summary>
    Fence,

    /// <summary>The rows or the SQL.</summary>
    Work,

    /// <summary>COMMIT is under way: without the server's word nobody knows.</summary>
    Commit,
}
