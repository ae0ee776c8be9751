using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Intents;

namespace Coordinator.ClientHost.Http;

/// <summary><c>/health/live</c>: this process answers. <c>/health/ready</c>: a silo and its warehouse answer too.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", static () => TypedResults.Ok(new { status = "live" })).ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(ICoordinatorClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            // No intent has this id. The check needs only an answer.
            await client.FindAsync(new IntentId(Guid.Empty, 0), null, cancellationToken).WaitAsync(Timeout, time, cancellationToken);
            return TypedResults.Ok(new { status = "ready" });
        }
        catch (Exception e) when (e is CoordinatorException or TimeoutException)
        {
            return Problems.Result(StatusCodes.Status503ServiceUnavailable, "Not ready", e.Message);
        }
    }
}
