using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Postgres.Failures;

/// <summary>The meaning of PostgreSQL's errors by SQLSTATE: https://www.postgresql.org/docs/15/errcodes-appendix.html</summary>
internal static class WarehouseFailure
{
    public static readonly IReadOnlyList<FailureRule> Rules =
    [
        new(FailureCause.RejectedStatement, "08P01"), // the session continues; a session that ends is judged by its lost connection
        new(FailureCause.Connection, "08"),
        new(FailureCause.RejectedRow, "22"),
        new(FailureCause.RejectedRow, "23"),
        new(FailureCause.ReadOnly, "25006"), // a standby
        new(FailureCause.Connection, "25P03"), // idle in transaction for too long
        new(FailureCause.Connection, "28"), // authorization of the session, a mistake of the operator
        new(FailureCause.Connection, "3D"), // the database does not exist
        new(FailureCause.Deadlock, "40P01"),
        new(FailureCause.Conflict, "40"),
        new(FailureCause.Permission, "42501"),
        new(FailureCause.RejectedStatement, "42"),
        new(FailureCause.DiskFull, "53100"),
        new(FailureCause.Overload, "53"),
        new(FailureCause.LockTimeout, "55P03"), // lock_timeout
        new(FailureCause.Overload, "55"), // object in use
        new(FailureCause.Cancelled, "57014"), // cancelled by an operator or by statement_timeout
        new(FailureCause.Connection, "57P"), // shutdown, crash, starting up
        new(FailureCause.Internal, "58"), // errors of the operating system
        new(FailureCause.Internal, "XX"),
    ];

    private static readonly FailureReader Reader = new("PostgreSQL", Rules);

    /// <summary>The failure, or null for exceptions that are not the warehouse's: cancellation, bugs.</summary>
    public static WarehouseException? Of(Exception e, TransactionStage stage) => Reader.Of(e, stage);
}
