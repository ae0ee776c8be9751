using System.Text.Json.Serialization;

namespace Coordinator.Contention;

/// <summary>How a turn ended. Add at the end only: the numbers are on the wire. JSON has the names in camelCase.</summary>
[JsonConverter(typeof(CamelCaseConverter<TurnOutcome>))]
public enum TurnOutcome
{
    /// <summary>Every intent is committed.</summary>
    Committed = 0,

    /// <summary>Every intent is rejected.</summary>
    Rejected = 1,

    /// <summary>No intent has a receipt.</summary>
    Failed = 2,

    /// <summary>The intents of the turn ended in different ways.</summary>
    Mixed = 3,

    /// <summary>The update was not heard of in time.</summary>
    Revoked = 4,

    /// <summary>The update gave the table back; its end is not known here.</summary>
    Released = 5,
}
