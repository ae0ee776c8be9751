using System.Globalization;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Conflicts;

/// <summary>Why a transaction fails because of others.</summary>
/// <param name="Table">The table, by its oid.</param>
/// <param name="Cycle">The transactions that form the cycle.</param>
internal sealed record Violation(long Table, IReadOnlyList<long> Cycle)
{
    /// <summary>The text of aws/aws-sdk-pandas#665.</summary>
    public SqlError ToError(int pid) => new(
        "XX000", "1023", string.Create(CultureInfo.InvariantCulture,
            $"Serializable isolation violation on table - {Table}, transactions forming the cycle are: {string.Join(", ", Cycle)} (pid:{pid})"));

    /// <summary>Under SNAPSHOT: dbt-labs/dbt-adapters#1873, aws/amazon-redshift-jdbc-driver#147.</summary>
    public static SqlError SnapshotError => new("XX000", "could not complete because of conflict with concurrent transaction");
}
