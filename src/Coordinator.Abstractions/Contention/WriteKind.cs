using System.Text.Json.Serialization;

namespace Coordinator.Contention;

/// <summary>The kind of a write intent. Add at the end only: the numbers are on the wire. JSON has the names in camelCase.</summary>
[JsonConverter(typeof(CamelCaseConverter<WriteKind>))]
public enum WriteKind
{
    /// <summary>An insert.</summary>
    Insert = 0,

    /// <summary>An update.</summary>
    Update = 1,
}
