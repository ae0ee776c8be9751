using System.Globalization;

namespace Coordinator.Core.Ledger;

/// <summary>The statement by which a ledger forgets, the same for all warehouses.</summary>
/// <remarks>A file that is appended to for longer than the retention is known by its anchors, and what of it is written by all its rows. So an
/// origin that anchors stand for is forgotten as a whole, after its latest row; every other row by its own age.</remarks>
public static class PruneSql
{
    /// <summary>Deletes what is older.</summary>
    /// <param name="quotedLedger">The ledger's name in SQL.</param>
    /// <param name="before">The time in SQL: a parameter or a literal.</param>
    public static string Of(string quotedLedger, string before)
    {
        var anchor = SequenceRange.AnchorSequence.ToString(CultureInfo.InvariantCulture);
        var inUse = $"SELECT f.origin FROM {quotedLedger} f JOIN {quotedLedger} a ON a.content = f.origin AND a.first_sequence = {anchor} "
            + $"WHERE f.ended_at >= {before}";
        return $"DELETE FROM {quotedLedger} WHERE ended_at < {before} AND origin NOT IN ({inUse}) "
            + $"AND (first_sequence <> {anchor} OR content NOT IN ({inUse}))";
    }
}
