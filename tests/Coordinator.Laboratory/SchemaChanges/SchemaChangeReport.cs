using System.Globalization;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>The results of all cases.</summary>
/// <param name="Warehouse">The name of the warehouse.</param>
/// <param name="Seed">The seed that selected the cases.</param>
/// <param name="Cases">The number of cases.</param>
/// <param name="Impossible">Changes that the warehouse does not support.</param>
/// <param name="Committed">Rows committed.</param>
/// <param name="Refused">Rows refused.</param>
/// <param name="SlowestSeconds">The longest wait of a caller.</param>
/// <param name="Problems">Wrong values, lost and doubled rows, late and missing answers.</param>
internal sealed record SchemaChangeReport(
    string Warehouse, int Seed, int Cases, int Impossible, int Committed, int Refused, double SlowestSeconds, IReadOnlyList<string> Problems)
{
    private const int MaxLines = 50;

    public IEnumerable<string> Lines()
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{Warehouse}, seed {Seed}: {Cases} changes ({Impossible} more are none there), {Committed} rows committed, {Refused} refused, the "
                + $"slowest answer after {SlowestSeconds:0.0} s");
        foreach (var problem in Problems.Take(MaxLines)) yield return "PROBLEM: " + problem;
        if (Problems.Count > MaxLines) yield return FormattableString.Invariant($"and {Problems.Count - MaxLines} more problems");
    }
}
