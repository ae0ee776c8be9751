using System.Text.Json.Serialization;

namespace Coordinator.Contention;

/// <summary>How the lease of a ghetto lock stands. Add at the end only: the numbers are on the wire. JSON has the names in camelCase.</summary>
[JsonConverter(typeof(CamelCaseConverter<LeaseState>))]
public enum LeaseState
{
    /// <summary>Not requested yet.</summary>
    None = 0,

    /// <summary>Requested, and not acquired.</summary>
    Waiting = 1,

    /// <summary>Requested, and missing on a server that recently lost its memory: the last holder may still rely on its lease.</summary>
    Quarantined = 2,

    /// <summary>The store confirmed this owner's token, and the granted time is not over.</summary>
    Held = 3,

    /// <summary>The store is unreachable, and the options allow to proceed without it.</summary>
    Unverified = 4,

    /// <summary>Another owner has it, or it expired without a renewal. It does not come back.</summary>
    Lost = 5,

    /// <summary>Released by its owner. It does not come back.</summary>
    Released = 6,
}
