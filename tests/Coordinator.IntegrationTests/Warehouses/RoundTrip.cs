using Coordinator.Rows;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Values that must come back as they went in.</summary>
/// <param name="Type">The case's name, and its column type where a back end has it.</param>
/// <param name="Column">What a row block's column holds.</param>
/// <param name="Values">The values.</param>
public sealed record RoundTrip(string Type, ColumnType Column, object?[] Values)
{
    /// <summary>The column type of the back end.</summary>
    public string Sql { get; init; } = Type;

    /// <summary>What a value is when it comes back.</summary>
    public Func<object?, object?> Found { get; init; } = static value => value;

    /// <summary>Whether binding makes another column of it.</summary>
    public bool IsConverted { get; init; }

    public override string ToString() => Type;
}
