namespace Coordinator.Warehouse.Redshift.Isolation;

/// <summary>The isolation level of a Redshift database, which decides the form of the coordinator's transactions.</summary>
internal enum IsolationLevel
{
    /// <summary>A transaction that closes a cycle over whole tables fails: reading a ledger and adding to it is enough to detect a
    /// rival.</summary>
    Serializable,

    /// <summary>Reads cause no conflicts: rivals meet at the fence row, which both update.</summary>
    Snapshot,
}
