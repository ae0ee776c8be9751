using System.Text.Json;

namespace Coordinator.ClientHost.Http;

/// <summary>The optional body of <c>POST /v1/jobs/{name}/runs</c>.</summary>
internal sealed record JobRunRequest
{
    /// <summary>Values for the SQL's parameters by name: strings, numbers, true or false.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Parameters { get; init; }

    /// <exception cref="FormatException">A value is an array, an object or null.</exception>
    public IReadOnlyDictionary<string, string> Values() =>
        (Parameters ?? new Dictionary<string, JsonElement>()).ToDictionary(static p => p.Key, static p => p.Value.ValueKind switch
    {
        JsonValueKind.String => p.Value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => p.Value.GetRawText(),
        _ => throw new FormatException($"Parameter {p.Key} is {p.Value.ValueKind}; expected a string, a number, true or false."),
    });
}
