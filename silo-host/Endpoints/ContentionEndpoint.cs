using Coordinator.Grains.Contention;

namespace Coordinator.SiloHost.Endpoints;

/// <summary><c>GET /api/contention</c>: who holds each table and who waits, over all silos.</summary>
internal static class ContentionEndpoint
{
    public static void MapContention(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/contention", async (IContentionReader contention) =>
        {
            var tables = await contention.ReadAsync();
            return Results.Ok(new
            {
                Tables = tables.Select(static t => new
                {
                    Table = t.Table.ToString(),
                    t.Silo,
                    t.QueueDepth,
                    t.OldestWaitMilliseconds,
                    t.Holder,
                    t.Lock,
                    t.Intents,
                    t.Batches,
                    t.Rows,
                    t.AlreadyCommitted,
                    t.Conflicts,
                    t.Retries,
                    t.Overlaps,
                    t.Rejected,
                }),
            });
        });
}
