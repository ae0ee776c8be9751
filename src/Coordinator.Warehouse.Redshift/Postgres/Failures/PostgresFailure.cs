using System.Globalization;
using System.Text.RegularExpressions;
using Coordinator.Core.Warehouses;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres.Failures;

/// <summary>Turns what Npgsql throws into what it means.</summary>
internal static partial class PostgresFailure
{
    /// <summary>The failure, or null for exceptions that are not the warehouse's: cancellation, bugs.</summary>
    public static WarehouseException? Of(Exception e, TransactionStage stage) => e switch
    {
        PostgresException { InvariantSeverity: "ERROR" } refused => OfRefusal(refused, stage),
        NpgsqlException or TimeoutException or IOException when stage == TransactionStage.Commit =>
            new WarehouseException(FailureKind.Unknown, $"The connection failed while COMMIT was under way: {Text(e)}", e),
        NpgsqlException or TimeoutException or IOException => new WarehouseException(FailureKind.Unavailable, $"PostgreSQL is not available: {Text(e)}", e),
        _ => null,
    };

    private static WarehouseException OfRefusal(PostgresException e, TransactionStage stage)
    {
        var kind = SqlStates.KindOf(e.SqlState);
        var atFence = stage == TransactionStage.Fence;
        if (atFence && kind == FailureKind.Rejected) kind = FailureKind.Unavailable;
        return new WarehouseException(kind, Text(e), e)
        {
            IsOverlap = atFence && kind == FailureKind.Conflict,
            Column = e.ColumnName ?? "",
            Row = RowOf(e),
        };
    }

    private static string Text(Exception e) => e switch
    {
        // Class 22 quotes the value that it refuses.
        PostgresException { SqlState: ['2', '2', ..] } data => $"{Quoted().Replace(data.MessageText, "\"…\"")} (SQLSTATE {data.SqlState})",
        PostgresException refused => $"{refused.MessageText} (SQLSTATE {refused.SqlState})",
        _ => e.InnerException is { } inner && inner.Message != e.Message ? $"{e.Message}: {inner.Message}" : e.Message,
    };

    /// <summary>COPY says where it was: <c>COPY events, line 7, column price</c>. A line is a row.</summary>
    private static long RowOf(PostgresException e) =>
        e.Where is { } where && CopyLine().Match(where) is { Success: true } match ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("\".*\"", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^COPY .+, line (\d{1,18})", RegexOptions.Multiline)]
    private static partial Regex CopyLine();
}
