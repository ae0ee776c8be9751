using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Http;

/// <summary><c>/health/live</c>: this process answers. <c>/health/ready</c>: a silo and its warehouse answer too.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TableName NoTable = new("coordinator", "readiness");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", static () => TypedResults.Ok(new { status = "live" })).ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(ICoordinatorClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            // No table has this name. The check needs only an answer, and one ledger is asked about, however many there are.
            await client.FindRangesAsync(NoTable, [new IntentRange(Guid.Empty, 0, 0)], TimeSpan.Zero, cancellationToken)
                .WaitAsync(Timeout, time, cancellationToken);
            return TypedResults.Ok(new { status = "ready" });
        }
        catch (Exception e) when (e is CoordinatorException or TimeoutException)
        {
            return Problems.Result(StatusCodes.Status503ServiceUnavailable, "Not ready", e.Message);
        }
    }
}
