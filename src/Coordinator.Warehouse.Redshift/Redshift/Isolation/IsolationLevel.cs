namespace Coordinator.Warehouse.Redshift.Redshift.Isolation;

/// <summary>The isolation level of a Redshift database, which decides the shape of our transactions.</summary>
internal enum IsolationLevel
{
    /// <summary>Whoever closes a cycle over whole tables fails: reading a ledger and adding to it is enough to meet a rival.</summary>
    Serializable,

    /// <summary>Reading meets nobody: rivals meet at the fence row, which both update.</summary>
    Snapshot,
}
