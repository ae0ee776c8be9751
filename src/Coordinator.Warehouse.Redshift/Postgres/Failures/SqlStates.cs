using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Postgres.Failures;

/// <summary>What PostgreSQL's SQLSTATEs mean for a transaction, as data. The longest prefix counts.</summary>
internal static class SqlStates
{
    public const string LockNotAvailable = "55P03";
    public const string QueryCanceled = "57014";

    private static readonly Dictionary<string, FailureKind> Kinds = new(StringComparer.Ordinal)
    {
        ["08"] = FailureKind.Unavailable, // connection
        ["22"] = FailureKind.Rejected, // data
        ["23"] = FailureKind.Rejected, // constraint
        ["25006"] = FailureKind.Unavailable, // read-only: a standby
        ["25P03"] = FailureKind.Unavailable, // idle in transaction for too long
        ["28"] = FailureKind.Unavailable, // authorization of the session, so of the operator
        ["3D"] = FailureKind.Unavailable, // no such database
        ["40"] = FailureKind.Conflict, // serialization failure, deadlock
        ["42"] = FailureKind.Rejected, // no such thing, or no right to it
        ["53"] = FailureKind.Unavailable, // resources
        ["55"] = FailureKind.Unavailable, // object not ready
        [LockNotAvailable] = FailureKind.Conflict, // waited long enough for a lock
        [QueryCanceled] = FailureKind.Unavailable, // cancelled by an operator or by statement_timeout
        ["57P"] = FailureKind.Unavailable, // shutdown, crash, starting up
        ["58"] = FailureKind.Unavailable, // the system below
        ["XX"] = FailureKind.Unavailable, // internal
    };

    /// <summary>A server that answered with an error it knows best: what is not in the table was refused.</summary>
    public static FailureKind KindOf(string sqlState)
    {
        for (var length = sqlState.Length; length >= 2; length--)
        {
            if (Kinds.TryGetValue(sqlState[..length], out var kind)) return kind;
        }

        return FailureKind.Rejected;
    }
}
