using System.Text.Json;

namespace Coordinator.Contention;

/// <summary>The text of states, kinds and outcomes on pages and in metrics. It is the same as in JSON.</summary>
public static class EnumText
{
    /// <summary>The name in camelCase.</summary>
    public static string ToText<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
