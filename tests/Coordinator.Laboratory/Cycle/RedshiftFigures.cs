using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Dialect;

namespace Coordinator.Laboratory.Cycle;

/// <summary>Figures of the Redshift simulator.</summary>
/// <param name="UncoordinatedViolations">Transactions that it failed because of others before the coordinated half: error 1023, or its
/// counterpart under SNAPSHOT.</param>
/// <param name="Violations">The same, since then.</param>
/// <param name="Statements">All statements.</param>
/// <param name="Refused">Refused statements.</param>
/// <param name="Foreign">Accepted statements that contain constructs that Redshift does not have.</param>
internal sealed record RedshiftFigures(long UncoordinatedViolations, long Violations, long Statements, IReadOnlyCollection<string> Refused,
    IReadOnlyCollection<string> Foreign)
{
    public static RedshiftFigures Of(RedshiftServer redshift, long before) =>
        new(before, redshift.Violations - before, redshift.Statements, redshift.Refused, ForeignSql.In(redshift.Log));
}
