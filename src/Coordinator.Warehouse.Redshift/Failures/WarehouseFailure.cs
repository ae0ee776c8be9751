using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Failures;

/// <summary>The meaning of Redshift's errors: by message text before SQLSTATE, because it sends XX000 for nearly everything.</summary>
/// <remarks>
/// aws-sdk-pandas#665 (1023), dbt-adapters#1873 and redshift-jdbc-driver#147 (conflict with concurrent transaction), amazon-redshift-utils#716
/// (value too long, with XX000), aws-lambda-redshift-loader#180 (53300), and the pages on statement_timeout, query monitoring rules and load
/// errors.
/// </remarks>
internal static class WarehouseFailure
{
    public static readonly IReadOnlyList<FailureRule> Rules =
    [
        new(FailureCause.Conflict,
            Message: "^1023\\b|serializable isolation violation|conflict with concurrent transaction|could not serialize access"),
        new(FailureCause.Deadlock, Message: "deadlock detected"),
        new(FailureCause.RejectedStatement, Message: "^1018\\b"), // not in the snapshot: created or dropped in the meantime; not safe to retry
        new(FailureCause.Staging,
            Message: "S3ServiceException|S3 object|S3 bucket|reading (the )?manifest|invalid credentials|not authorized to (get|assume)"),
        new(FailureCause.DiskFull, Message: "disk full|no space left"),
        new(FailureCause.Overload, Message: "too many (connections|clients)|connection limit|out of memory|insufficient memory|aborted by WLM|WLM "
            + "abort|query queue|system is busy"),
        new(FailureCause.ReadOnly, Message: "read-only|read only|maintenance|resiz(e|ing)|is paused"),
        new(FailureCause.Permission, Message: "permission denied|must be owner"),
        new(FailureCause.Cancelled, Message: "cancel(l)?ed on user|canceling statement|statement timeout"),
        new(FailureCause.RejectedRow, Message: "value too long|data overflow|out of range|cannot insert a null|null value in "
            + "column|stl_load_errors|sys_load_error_detail|invalid (input|digit|value|timestamp|date)|exceeds DDL "
            + "length|invalid characters|invalid or unsupported UTF8|multibyte character not supported|super string exceeds maximum size"),
        new(FailureCause.RejectedStatement, Message: "found multiple matches to update the same tuple"),
        new(FailureCause.Connection, Message: "terminating connection|connection .*(closed|terminated|lost)|is starting up|is shutting down"),
        new(FailureCause.RejectedStatement, "08P01"),
        new(FailureCause.Connection, "08"),
        new(FailureCause.RejectedRow, "22"),
        new(FailureCause.RejectedRow, "23"),
        new(FailureCause.ReadOnly, "25006"),
        new(FailureCause.Connection, "28"),
        new(FailureCause.Connection, "3D"),
        new(FailureCause.Deadlock, "40P01"),
        new(FailureCause.Conflict, "40"),
        new(FailureCause.Permission, "42501"),
        new(FailureCause.DiskFull, "53100"),
        new(FailureCause.Overload, "53"),
        new(FailureCause.LockTimeout, "55P03"),
        new(FailureCause.Overload, "55"),
        new(FailureCause.Cancelled, "57014"),
        new(FailureCause.Connection, "57P"),
        new(FailureCause.Internal, "58"),
        new(FailureCause.Internal, "XX"),
    ];

    // Redshift has no lock_timeout: statement_timeout cancels a statement that waits at a fence.
    private static readonly FailureReader Reader = new("Redshift", Rules, FailureCause.LockTimeout);

    /// <summary>The failure, or null for exceptions that are not the warehouse's: cancellation, bugs.</summary>
    public static WarehouseException? Of(Exception e, TransactionStage stage) => Reader.Of(e, stage);
}
