namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>What came of all cases.</summary>
/// <param name="Warehouse">Which warehouse.</param>
/// <param name="Seed">Chose the cases.</param>
/// <param name="Cases">How many there were.</param>
/// <param name="Impossible">Changes that the warehouse does not have.</param>
/// <param name="Committed">Rows committed.</param>
/// <param name="Refused">Rows refused.</param>
/// <param name="SlowestSeconds">The longest that a caller waited.</param>
/// <param name="Problems">Wrong values, lost and doubled rows, late and missing answers.</param>
internal sealed record SchemaChangeReport(
    string Warehouse, int Seed, int Cases, int Impossible, int Committed, int Refused, double SlowestSeconds, IReadOnlyList<string> Problems)
{
    private const int MaxLines = 50;

    public IEnumerable<string> Lines()
    {
        yield return FormattableString.Invariant(
            $"{Warehouse}, seed {Seed}: {Cases} changes ({Impossible} more are none there), {Committed} rows committed, {Refused} refused, the slowest answer after {SlowestSeconds:0.0} s");
        foreach (var problem in Problems.Take(MaxLines)) yield return "PROBLEM: " + problem;
        if (Problems.Count > MaxLines) yield return FormattableString.Invariant($"and {Problems.Count - MaxLines} more problems");
    }
}
