using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Grains;

/// <summary>Asks which of these ranges are in one table's ledger.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.FindRangesRequest")]
public sealed record FindRangesRequest([property: Id(0)] TableName Table, [property: Id(1)] IntentRange[] Ranges)
{
    /// <summary>The maximum number of ranges in a request, because they become one statement.</summary>
    public const int MaxRanges = 500;

    /// <inheritdoc cref="InsertIntent.Warehouse"/>
    [Id(2)]
    public Guid Warehouse { get; init; }
}
