using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Postgres.Failures;
using Npgsql;

namespace Coordinator.Warehouse.Postgres;

/// <summary>The meaning of a failure to lock the target table.</summary>
internal static class TableLock
{
    /// <summary>The failure, or null for exceptions that are not the warehouse's. It is never an overlap: a rival waits at the fence, which
    /// comes later, and not for this lock.</summary>
    public static WarehouseException? Judge(Exception e, TableSchema schema) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } =>
            TableFingerprint.Changed(schema, "it is gone", e),
        PostgresException { SqlState: PostgresErrorCodes.WrongObjectType } => TableFingerprint.Changed(schema, "something else has its name", e),
        // The caller lacks a right: the rows would be refused for the same reason.
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => WarehouseFailure.Of(e, TransactionStage.Work),
        _ when WarehouseFailure.Of(e, TransactionStage.Fence) is { } failure =>
            new WarehouseException(failure.Kind, failure.Message, e) { Cause = failure.Cause },
        _ => null,
    };
}
