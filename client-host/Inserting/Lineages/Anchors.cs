using System.Globalization;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>Origins under which the ledger knows a lineage as well, so that a file is recognised after it was mended.</summary>
internal static class Anchors
{
    /// <summary>A record, in any file. It leads to the lineage that first had it.</summary>
    public static Guid OfRecord(TableName table, UInt128 hash) =>
        IntentId.OriginOf($"insert record\n{table}\n{hash.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>
    /// The records of one intent in their order: their sum, each weighted with its number within the intent. Beside the plain sum it says which one
    /// of them is another now.
    /// </summary>
    public static Guid OfWeights(IntentId id, UInt128 weightedSum) =>
        IntentId.OriginOf($"insert weights\n{id}\n{weightedSum.ToString(CultureInfo.InvariantCulture)}");
}
