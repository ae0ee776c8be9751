namespace Coordinator.Files.Lineages;

/// <summary>The state of a record before anything is sent.</summary>
internal enum RecordFate
{
    /// <summary>Unknown to the ledger: it must be sent.</summary>
    Fresh,

    /// <summary>It is committed.</summary>
    Committed,

    /// <summary>Another record was committed in its place.</summary>
    Changed,

    /// <summary>It is among records that were committed together and of which some changed. Whether it changed is unknown.</summary>
    Doubtful,
}
