using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Grains;

/// <summary>Asks what of these ranges is in one table's ledger.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.FindRangesRequest")]
public sealed record FindRangesRequest([property: Id(0)] TableName Table, [property: Id(1)] IntentRange[] Ranges)
{
    /// <summary>The most ranges of one request: they become one statement.</summary>
    public const int MaxRanges = 500;
}
