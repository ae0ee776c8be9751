namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>What is known of a record before anything is sent.</summary>
internal enum RecordFate
{
    /// <summary>Nothing: it is to be sent.</summary>
    Fresh,

    /// <summary>It is committed.</summary>
    Committed,

    /// <summary>At its place another record was committed.</summary>
    Changed,

    /// <summary>It stands among records that were committed together and of which some changed; whether it did is not known.</summary>
    Doubtful,
}
