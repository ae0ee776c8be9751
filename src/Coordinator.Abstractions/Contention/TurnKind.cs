using System.Text.Json.Serialization;

namespace Coordinator.Contention;

/// <summary>What a turn does. Add at the end only: the numbers are on the wire. JSON has the names in camelCase.</summary>
[JsonConverter(typeof(CamelCaseConverter<TurnKind>))]
public enum TurnKind
{
    /// <summary>A batch of inserts.</summary>
    Insert = 0,

    /// <summary>An update that writes the table.</summary>
    Exclusive = 1,

    /// <summary>An update that reads the table.</summary>
    Shared = 2,

    /// <summary>Not a turn yet: the activation waits for its lock, which another activation has or had.</summary>
    Lock = 3,
}
