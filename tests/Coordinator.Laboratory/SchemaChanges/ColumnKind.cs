namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>A column type of a warehouse, with values that fit.</summary>
/// <param name="Type">The type in DDL.</param>
/// <param name="Values">JSON values that the column accepts.</param>
internal sealed record ColumnKind(string Type, params IReadOnlyList<string> Values)
{
    /// <summary>True if the column takes the JSON value itself, and not its text.</summary>
    public bool IsJson => Type is "json" or "jsonb" or "JSON" or "super";
}
