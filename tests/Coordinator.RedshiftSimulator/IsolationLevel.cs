namespace Coordinator.RedshiftSimulator;

/// <summary>The two levels that a Redshift database can have.</summary>
public enum IsolationLevel
{
    /// <summary>A transaction fails if it closes a cycle over whole tables.</summary>
    Serializable,

    /// <summary>Only writes conflict: the first of two concurrent updaters of a table wins.</summary>
    Snapshot,
}
