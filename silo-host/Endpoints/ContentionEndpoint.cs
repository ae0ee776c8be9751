using Coordinator.Contention;
using Coordinator.Dashboard.Words;

namespace Coordinator.SiloHost.Endpoints;

/// <summary><c>GET /api/contention</c>: holders and waiters of each table, over all silos. <c>GET /api/contention/{table}</c>: all details of
/// one.</summary>
internal static class ContentionEndpoint
{
    private const int MaxTables = 1000;

    public static void MapContention(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/contention", async (IContentionReader contention, int? limit) =>
            limit is < 1
                ? Results.Problem($"limit is {limit}; expected 1 or more.", statusCode: StatusCodes.Status400BadRequest)
                : Results.Ok(Answer(await contention.ReadAsync(limit ?? MaxTables))));
        app.MapGet("/api/contention/{table}", async (IContentionReader contention, string table) =>
            TableLink.TryRead(table, out var name) && await contention.ReadAsync(name) is { } detail
                ? Results.Ok(Answer(detail))
                : Results.Problem($"No silo knows a table '{table}'.", statusCode: StatusCodes.Status404NotFound));
    }

    private static object Answer(ContentionOverview overview) => new
    {
        overview.At,
        overview.TableCount,
        overview.Totals,
        overview.Silos,
        overview.SilentSilos,
        Outages = overview.Outages.Select(static o =>
            new { Table = o.Table?.ToString(), o.Service, o.Silo, o.Cause, o.Message, o.Since, o.Failures }),
        Tables = overview.Tables.Select(Answer),
        Waits = overview.Waits.Select(Answer),
    };

    private static object Answer(TableDetail detail) => new
    {
        detail.At,
        Now = Answer(detail.Now),
        detail.Turns,
        Wait = Answer(detail.Wait),
        Hold = Answer(detail.Hold),
        Commit = Answer(detail.Commit),
        detail.Sources,
        detail.History,
        detail.LockHistory,
        detail.Conflicts,
        Waits = detail.Waits.Select(Answer),
    };

    private static object Answer(TableContention t) => new
    {
        Table = t.Table.ToString(),
        t.Silo,
        t.QueueDepth,
        t.QueueBytes,
        t.OldestWaitMilliseconds,
        t.ContentionMilliseconds,
        t.Holder,
        t.Holders,
        t.Waiters,
        t.Lock,
        t.Counts.Intents,
        t.Counts.Batches,
        t.Counts.Rows,
        t.Counts.Updates,
        t.Counts.AlreadyCommitted,
        t.Counts.Coalesced,
        t.Counts.SchemaChanges,
        t.Counts.Conflicts,
        t.Counts.Retries,
        t.Counts.Overlaps,
        t.Counts.Rejected,
        t.Counts.Failed,
        t.Counts.InsertsHeldMilliseconds,
        t.Counts.UpdatesHeldMilliseconds,
        t.Counts.BlockedMilliseconds,
        t.Silos,
        t.Recent,
        t.Advice,
    };

    private static object Answer(DurationHistogram histogram) =>
        new { DurationHistogram.UpperMilliseconds, histogram.Counts, histogram.SumMilliseconds };

    private static object Answer(WaitEdge edge) => new
    {
        Table = edge.Table.ToString(),
        edge.Id,
        edge.Source,
        edge.IsExclusive,
        edge.IsHeld,
        edge.SinceMilliseconds,
    };
}
