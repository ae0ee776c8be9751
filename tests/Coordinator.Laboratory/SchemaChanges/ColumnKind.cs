namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>A column type of a warehouse with values that fit it.</summary>
/// <param name="Type">As DDL writes it.</param>
/// <param name="Values">JSON values, each of which the column takes.</param>
internal sealed record ColumnKind(string Type, params IReadOnlyList<string> Values)
{
    /// <summary>True if a JSON value goes in as it is, and not as its text.</summary>
    public bool IsJson => Type is "json" or "jsonb" or "JSON" or "super";
}
