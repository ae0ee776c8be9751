using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Grains;

/// <summary>An intent in a ledger.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.LedgerRecord")]
public sealed record LedgerRecord([property: Id(0)] TableName Table, [property: Id(1)] WriteReceipt Receipt)
{
    /// <summary>The first intent of the ledger row that contains the intent.</summary>
    [Id(2)]
    public required IntentId First { get; init; }
}
