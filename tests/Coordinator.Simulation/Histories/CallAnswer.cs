namespace Coordinator.Simulation.Histories;

/// <summary>What a call's answer said about its intent.</summary>
internal enum CallAnswer
{
    /// <summary>No answer arrived, or it said that the outcome is unknown.</summary>
    Unknown,

    /// <summary>Committed by this submission or an earlier one.</summary>
    Committed,

    /// <summary>Refused for its content: it is in no table.</summary>
    Rejected,

    /// <summary>This submission wrote nothing. An earlier one of the same id may have.</summary>
    NotWritten,
}
