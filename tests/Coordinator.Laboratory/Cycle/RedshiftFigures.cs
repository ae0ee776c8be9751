using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Dialect;

namespace Coordinator.Laboratory.Cycle;

/// <summary>What the Redshift simulator saw.</summary>
/// <param name="UncoordinatedViolations">Transactions that it failed because of others before the coordinated half: error 1023, under SNAPSHOT its counterpart.</param>
/// <param name="Violations">The same since.</param>
/// <param name="Statements">All statements.</param>
/// <param name="Refused">Those that it did not take.</param>
/// <param name="Foreign">Those it took although they hold what Redshift does not have.</param>
internal sealed record RedshiftFigures(long UncoordinatedViolations, long Violations, long Statements, IReadOnlyCollection<string> Refused, IReadOnlyCollection<string> Foreign)
{
    public static RedshiftFigures Of(RedshiftServer redshift, long before) =>
        new(before, redshift.Violations - before, redshift.Statements, redshift.Refused, ForeignSql.In(redshift.Log));
}
