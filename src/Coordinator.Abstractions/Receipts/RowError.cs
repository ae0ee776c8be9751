namespace Coordinator.Receipts;

/// <summary>The reason and position of a row that does not fit.</summary>
/// <param name="Row">The row within the intent, from 1; 0 for the whole intent.</param>
/// <param name="Column">The column; empty for the whole row or intent.</param>
/// <param name="Reason">What is wrong and what would be right, with value type and column type. Contains no value of the row.</param>
[GenerateSerializer, Immutable, Alias("coordinator.RowError")]
public sealed record RowError([property: Id(0)] long Row, [property: Id(1)] string Column, [property: Id(2)] string Reason)
{
    /// <summary>An error of the whole intent.</summary>
    public static RowError OfIntent(string reason) => new(0, "", reason);

    /// <inheritdoc/>
    public override string ToString() => (Row, Column) switch
    {
        (0, "") => Reason,
        (0, _) => $"column {Column}: {Reason}",
        (_, "") => $"row {Row}: {Reason}",
        _ => $"row {Row}, column {Column}: {Reason}",
    };
}
