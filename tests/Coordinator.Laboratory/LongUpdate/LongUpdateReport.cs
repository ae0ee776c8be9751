using System.Globalization;

namespace Coordinator.Laboratory.LongUpdate;

/// <summary>The results of a long update.</summary>
/// <param name="Status">The status of its receipt.</param>
/// <param name="Seconds">How long the caller waited.</param>
/// <param name="RanSeconds">Its time in the warehouse, by its receipt.</param>
/// <param name="Tries">How often its SQL was started.</param>
/// <param name="LedgerRows">Its rows in the ledger of the written table.</param>
/// <param name="Rows">The rows that it wrote there.</param>
/// <param name="Restarted">The silo that was restarted during the update.</param>
/// <param name="InsertsMeanwhile">Inserts that committed during the update, into tables that it does not touch.</param>
/// <param name="InsertedBefore">Whether an insert into the table that it reads was admitted before its end.</param>
internal sealed record LongUpdateReport(
    string Status, double Seconds, double RanSeconds, long Tries, long LedgerRows, long Rows, string Restarted, long InsertsMeanwhile,
    bool InsertedBefore)
{
    public IReadOnlyList<string> Problems => [.. FindProblems()];

    public IEnumerable<string> Lines()
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"update: {Status} after {Seconds:0.0} s, {RanSeconds:0.0} s of them in the warehouse; begun "
                + $"{Tries} times; {LedgerRows} ledger rows, {Rows} rows");
        yield return $"{Restarted}, unrelated to it, was restarted meanwhile; {InsertsMeanwhile} inserts into other tables committed; an insert "
            + $"into the table that it reads {(InsertedBefore ? "did not wait" : "waited for its end")}";
        foreach (var problem in Problems) yield return "PROBLEM: " + problem;
    }

    private IEnumerable<string> FindProblems()
    {
        if (Status is not ("Committed" or "AlreadyCommitted")) yield return $"its receipt says {Status}";
        if (Tries != 1) yield return $"its SQL was begun {Tries} times";
        if (LedgerRows != 1) yield return $"the ledger has it {LedgerRows} times";
        if (Rows != 1) yield return $"its row is there {Rows} times";
        if (InsertsMeanwhile == 0) yield return "nothing was inserted meanwhile";
        if (InsertedBefore) yield return "an insert came between";
    }
}
