using System.Globalization;
using System.Text.RegularExpressions;
using Coordinator.Core.Warehouses;
using Npgsql;

namespace Coordinator.Warehouse.Npgsql.Failures;

/// <summary>Translates Npgsql's exceptions to failures, by one server's table of rules.</summary>
/// <param name="server">The server's name, for messages.</param>
/// <param name="rules">The meaning of its errors.</param>
/// <param name="cancelledAtFence">The cause if a statement at the fence is cancelled. A server without a lock timeout uses its statement timeout
/// there.</param>
internal sealed partial class FailureReader(string server, IReadOnlyList<FailureRule> rules, FailureCause cancelledAtFence = FailureCause.Cancelled)
{
    // Npgsql's text for an AuthenticationRequest that it does not know.
    private const string UnknownLogin = "Authentication method not supported";

    /// <summary>The failure, or null for exceptions that are not the warehouse's: cancellation, bugs.</summary>
    public WarehouseException? Of(Exception e, TransactionStage stage) => e switch
    {
        PostgresException { InvariantSeverity: "ERROR" } refused => OfRefusal(refused, stage),
        NpgsqlException or TimeoutException or IOException when stage == TransactionStage.Commit =>
            new WarehouseException(
                FailureKind.Unknown, $"The connection failed while COMMIT was under way: {Text(e)}", e)
            { Cause = FailureCause.UnknownOutcome },
        NpgsqlException or TimeoutException or IOException or UnauthorizedAccessException =>
            new WarehouseException(FailureKind.Unavailable, $"{server} is not available: {Text(e)}", e) { Cause = CauseOfLoss(e) },
        NotSupportedException when e.Message.StartsWith(UnknownLogin, StringComparison.Ordinal) =>
            new WarehouseException(
                FailureKind.Unavailable,
                $"{server} asks for a form of password that Npgsql does not know, such as SHA-256. An administrator gives the coordinator's user an "
                    + $"MD5 password: ALTER USER name PASSWORD 'md5…', with the MD5 hash of password and name. ({e.Message})",
                e)
            { Cause = FailureCause.Connection },
        _ => null,
    };

    private WarehouseException OfRefusal(PostgresException e, TransactionStage stage)
    {
        var atFence = stage == TransactionStage.Fence;
        var cause = rules.CauseOf(e.SqlState, e.MessageText);
        if (atFence && cause == FailureCause.Cancelled) cause = cancelledAtFence;
        if (stage == TransactionStage.Work && cause == FailureCause.Internal && e.SqlState == PostgresErrorCodes.InternalError)
            cause = FailureCause.UnexplainedRefusal;
        var kind = FailureTable.KindOf(cause);
        // The coordinator's own statements, before anything is written.
        if (atFence && kind is FailureKind.Rejected or FailureKind.Unknown) kind = FailureKind.Unavailable;
        var advice = cause == FailureCause.Permission ? $".{MissingGrant.Advice(e.MessageText)}" : "";
        return new WarehouseException(kind, Text(e) + advice, e)
        {
            Cause = cause,
            // A predicate lock of PostgreSQL may conflict with any reader of the written rows. Only the fence's row identifies a rival.
            IsOverlap = atFence && kind == FailureKind.Conflict && !e.MessageText.Contains("read/write dependencies", StringComparison.Ordinal),
            Column = e.ColumnName ?? "",
            Row = RowOf(e),
            IsOfRow = kind == FailureKind.Rejected && IsOfRow(e),
            IsOfStatement = kind == FailureKind.Rejected && IsOfStatement(e),
        };
    }

    /// <summary>A value (class 22), NOT NULL or CHECK at a line of COPY, and not in a function that a trigger called, which may look at other rows.
    /// For other errors the line may be that of another row: the last one read.</summary>
    private static bool IsOfRow(PostgresException e) =>
        e.SqlState is ['2', '2', ..] or PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.CheckViolation
        && e.Where is { } where && where.StartsWith("COPY ", StringComparison.Ordinal) && !where.Contains('\n', StringComparison.Ordinal);

    /// <summary>Classes 42 (a name, a right, the syntax) and 3F (the schema), without a place in COPY or in a function that a trigger called: there
    /// a row may be the reason.</summary>
    private static bool IsOfStatement(PostgresException e) =>
        e.SqlState is ['4', '2', ..] or ['3', 'F', ..] && string.IsNullOrEmpty(e.Where);

    /// <summary>A session that the server ends has an error with the cause; a lost connection has none.</summary>
    private FailureCause CauseOfLoss(Exception e) =>
        e is PostgresException fatal && rules.CauseOf(fatal.SqlState, fatal.MessageText) is var cause
            && FailureTable.KindOf(cause) == FailureKind.Unavailable ? cause : FailureCause.Connection;

    private static string Text(Exception e) => e switch
    {
        // Messages of class 22 quote the refused value.
        PostgresException { SqlState: ['2', '2', ..] } data => $"{Quoted().Replace(data.MessageText, "\"…\"")} (SQLSTATE {data.SqlState})",
        PostgresException refused => $"{refused.MessageText} (SQLSTATE {refused.SqlState})",
        _ => e.InnerException is { } inner && inner.Message != e.Message ? $"{e.Message}: {inner.Message}" : e.Message,
    };

    /// <summary>COPY reports the position: <c>COPY events, line 7, column price</c>. A line is a row.</summary>
    private static long RowOf(PostgresException e) =>
        e.Where is { } where && CopyLine().Match(where) is { Success: true } match
            ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex("\".*\"", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^COPY .+?, line (\d{1,18})", RegexOptions.Multiline)]
    private static partial Regex CopyLine();
}
