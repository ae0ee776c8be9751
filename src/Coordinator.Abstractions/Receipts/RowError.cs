namespace Coordinator.Receipts;

/// <summary>Why a row does not fit, and where.</summary>
/// <param name="Row">The row within the intent, from 1 up; 0 when the whole intent is meant.</param>
/// <param name="Column">The column, or empty when the whole row or intent is meant.</param>
/// <param name="Reason">What is wrong and what would be right, naming value type and column type. Holds no value of the row.</param>
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
