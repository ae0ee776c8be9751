using System.Diagnostics;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Tracing;

/// <summary>The activity source <c>Coordinator</c>: turns, updates, reservations and transactions of a silo. Spans are created only for writes
/// whose caller records one.</summary>
public static class CoordinatorSpans
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "Coordinator";

    /// <summary>Inserts that share a transaction. Its parent is the first traced insert; it links to the others.</summary>
    public const string Turn = "turn";

    /// <summary>An insert in its table's queue, in its own trace; it links to the turn that ended the wait.</summary>
    public const string Wait = "wait";

    /// <summary>One try of a transaction of inserts.</summary>
    public const string Commit = "commit";

    /// <summary>An update, from its first submission to its receipt.</summary>
    public const string Update = "update";

    /// <summary>The warehouse explains an update.</summary>
    public const string FindTables = "find tables";

    /// <summary>An update waits for one table, whose name follows.</summary>
    public const string Reserve = "reserve";

    /// <summary>One try of an update's transaction.</summary>
    public const string Execute = "execute";

    /// <summary>The warehouse's COMMIT.</summary>
    public const string CommitStatement = "COMMIT";

    internal const string Table = "coordinator.table";
    internal const string Intent = "coordinator.intent";
    internal const string Intents = "coordinator.intents";
    internal const string Rows = "coordinator.rows";
    internal const string Batch = "coordinator.batch";
    internal const string Activation = "coordinator.activation";
    internal const string Mode = "coordinator.mode";
    internal const string Failure = "coordinator.failure";

    internal const string Job = "coordinator.job";

    /// <summary>The outcome of an update, as in its metric.</summary>
    public const string Outcome = "coordinator.outcome";

    internal static readonly ActivitySource Source = new(SourceName);

    /// <summary>A child of the present span; null if there is none.</summary>
    public static Activity? Start(string name) => Activity.Current is null ? null : Source.StartActivity(name);

    /// <summary>A span in the trace of a caller's message; null if the caller records none.</summary>
    public static Activity? Start(string name, ITraced asked) => Source.StartIn(asked, name, ActivityKind.Server);

    /// <summary>One try of a batch; null if no insert of it is traced.</summary>
    internal static Activity? StartCommit(InsertBatch batch) => Start(Commit)
        ?.SetTag(Batch, batch.BatchId.ToString())
        .SetTag(Activation, batch.Activation.ToString())
        .SetTag(Intents, batch.Intents.Count)
        .SetTag(Rows, batch.Intents.Sum(static intent => (long)intent.Rows.RowCount));

    /// <summary>An update's wait for one table; null if the update is not traced.</summary>
    internal static Activity? StartReserve(TableName table, ReservationMode mode) => Activity.Current is null
        ? null
        : Start($"{Reserve} {table}")?.SetTag(Table, table.ToString()).SetTag(Mode, mode.ToString());

    /// <summary>The trace parent for a message to a grain.</summary>
    public static string TraceParentOf(Activity? span) => span is { Recorded: true, Id: { } id } ? id : "";

    /// <summary>Marks the span as failed, with the cause. It omits the warehouse's message, which may contain values of rows.</summary>
    public static void SetFailure(this Activity span, WarehouseException failure) =>
        span.SetStatus(ActivityStatusCode.Error, failure.Kind.ToString()).SetTag(Failure, failure.Cause.ToString());

    internal static ActivityContext? ParentOf(ITraced asked) => Source.ParentOf(asked);
}
