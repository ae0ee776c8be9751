using System.Globalization;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Files.Lineages;

/// <summary>Further origins under which the ledger records a lineage, so that a file is identified after it was edited.</summary>
internal static class Anchors
{
    /// <summary>The anchor of a record, in any file. It leads to the lineage that first contained it.</summary>
    public static Guid OfRecord(TableName table, UInt128 hash) =>
        IntentId.OriginOf($"insert record\n{table}\n{hash.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The anchor for the order of the records of one intent: their sum, each weighted with its number within the intent. Together with
    /// the plain sum it identifies the one record that has changed.</summary>
    public static Guid OfWeights(IntentId id, UInt128 weightedSum) =>
        IntentId.OriginOf($"insert weights\n{id}\n{weightedSum.ToString(CultureInfo.InvariantCulture)}");
}
