using Coordinator.Client;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Http;

/// <summary><c>GET /v1/intents/{id}</c>: returns the state of an intent.</summary>
internal static class IntentsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/intents/{id}", GetAsync)
        .WithName("FindIntent")
        .WithSummary("What became of an intent: pending, committed or rejected")
        .WithDescription("The table, if given or if this host forwarded the intent recently, also answers for intents that wait or were rejected; "
            + "the warehouse's ledgers answer for all that are committed.")
        .Produces<WriteAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(
        string id, string? table, ICoordinatorClient client, RecentIntents recent, CancellationToken cancellationToken)
    {
        // A text that is not an id is a key, as in the header of the request that created the intent.
        var intent = IntentId.FromText(id);
        var known = table is null ? recent.Find(intent) : TableName.Parse(table);
        var found = await client.FindAsync(intent, known, cancellationToken);
        return found is not null
            ? TypedResults.Ok(WriteAnswer.Of(found.Table, found.Receipt))
            : Problems.Result(
                StatusCodes.Status404NotFound,
                "Unknown intent",
                known is null
                    ? $"No ledger has intent {intent}: it is not committed. With ?table= the table's queue is asked too. Submitting it again is safe."
                    : $"Neither a ledger nor the queue of {known} has intent {intent}: it is not committed. Submitting it again is safe.",
                intent);
    }
}
