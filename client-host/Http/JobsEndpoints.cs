using Coordinator.Client;
using Coordinator.Grains;
using Coordinator.Jobs.Answers;
using Coordinator.Jobs.Catalog;

namespace Coordinator.ClientHost.Http;

/// <summary><c>GET /v1/jobs</c> and <c>GET /v1/jobs/{name}/runs</c>: list the registered jobs and their runs.</summary>
internal static class JobsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/jobs", ListAsync)
            .WithName("ListJobs")
            .WithSummary("The registered jobs with their schedules, next ticks and last runs")
            .Produces<JobsAnswer>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/v1/jobs/{name}/runs", RunsAsync)
            .WithName("ListJobRuns")
            .WithSummary("A job's latest runs, newest first")
            .WithDescription("Committed ticks are read from the warehouse's ledgers. Runs that are pending, were coalesced, rejected or asked for "
                + "are among them as long as a silo remembers them.")
            .Produces<RunsAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ListAsync(
        ICoordinatorClient client, JobCatalog jobs, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(await JobsAnswer.ReadAsync(jobs, client, clock, cancellationToken));

    private static async Task<IResult> RunsAsync(
        string name, int? limit, ICoordinatorClient client, JobCatalog jobs, CancellationToken cancellationToken)
    {
        if (jobs.Find(name) is not { } job) return Problems.Result(StatusCodes.Status404NotFound, "There is no such job", jobs.Unknown(name));
        if (limit is < 1 or > JobRunsRequest.MaxLimit)
            return Problems.Result(StatusCodes.Status400BadRequest, "The request is malformed",
                $"limit is {limit}; expected 1 to {JobRunsRequest.MaxLimit}.");
        return TypedResults.Ok(await RunsAnswer.ReadAsync(job, client, limit ?? RunsAnswer.DefaultLimit, cancellationToken));
    }
}
