using Coordinator.Rows;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Values that must be read back as they were written.</summary>
/// <param name="Type">The name of the case, and its column type unless the back end sets another.</param>
/// <param name="Column">The column type of the row block.</param>
/// <param name="Values">The values.</param>
public sealed record RoundTrip(string Type, ColumnType Column, object?[] Values)
{
    /// <summary>The column type of the back end.</summary>
    public string Sql { get; init; } = Type;

    /// <summary>The expected value after the round trip.</summary>
    public Func<object?, object?> Found { get; init; } = static value => value;

    /// <summary>True if binding converts the values to another column type.</summary>
    public bool IsConverted { get; init; }

    public override string ToString() => Type;
}
