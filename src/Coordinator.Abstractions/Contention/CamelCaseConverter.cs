using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordinator.Contention;

/// <summary>Writes an enum to JSON as its name in camelCase, as <see cref="EnumText"/> does for text.</summary>
internal sealed class CamelCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
