namespace Coordinator.Simulation.Histories;

/// <summary>What is wrong with a history.</summary>
internal enum FindingKind
{
    /// <summary>Acknowledged, and not in the table.</summary>
    Lost,

    /// <summary>In the table more often than it was sent.</summary>
    Doubled,

    /// <summary>In the table with other values than it was sent with, or sent by no caller.</summary>
    WrongValue,

    /// <summary>Some rows of an intent are in the table and others are not.</summary>
    Torn,

    /// <summary>Answered <i>rejected</i> or <i>not written</i>, and in the table.</summary>
    FalseWord,

    /// <summary>Sent after the receipt of an earlier intent of its source, and committed before it.</summary>
    Reordered,

    /// <summary>Two activations had committed transactions of one table open at once.</summary>
    Overlap,

    /// <summary>A long outage without a word.</summary>
    Silence,

    /// <summary>No receipt soon after all causes ended.</summary>
    Stall,

    /// <summary>A fault could not be caused or mended, so the run proves less than it should.</summary>
    Trouble,
}
