using Coordinator.Client;
using Coordinator.ClientHost.Settings;
using Coordinator.Jobs.Answers;
using Coordinator.Jobs.Catalog;
using Coordinator.Receipts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Coordinator.ClientHost.Http;

/// <summary><c>POST /v1/jobs/{name}/runs</c>: runs a registered job and responds when it is committed.</summary>
internal static class JobRunsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/jobs/{name}/runs", PostAsync)
        .WithName("RunJob")
        .WithSummary("Run a registered job once it is its turn for every table that it writes or reads")
        .WithDescription("The Idempotency-Key header is the run's id: the same key runs once. A tick of the job's schedule is refused as id. The "
            + "body may hold parameters, which override those of the settings.")
        .Produces<UpdateAnswer>()
        .Produces<UpdateAnswer>(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .ProducesProblem(StatusCodes.Status504GatewayTimeout);

    private static async Task<IResult> PostAsync(
        string name, [FromHeader(Name = RequestId.Header)] string? idempotencyKey, JobRunRequest? request, ICoordinatorClient client, JobCatalog jobs,
        RecentIntents recent, TimeProvider clock, IOptions<HttpSettings> settings, CancellationToken cancellationToken)
    {
        if (jobs.Find(name) is not { } job) return Problems.Result(StatusCodes.Status404NotFound, "There is no such job", jobs.Unknown(name));
        var id = job.CheckId(RequestId.Of(idempotencyKey));
        if (job.Update.Writes.Count > 0) recent.Add(id, job.Update.Writes[0]);
        var receipt = await client.UpdateAsync(
            job.RunAt(clock.GetUtcNow(), request?.Values()), new WriteOptions { Id = id, Timeout = settings.Value.JobsTimeout }, cancellationToken);
        var answer = UpdateAnswer.Of(receipt, job.Name);
        return receipt.Status == WriteStatus.Rejected
            ? TypedResults.Json(answer, statusCode: StatusCodes.Status422UnprocessableEntity)
            : TypedResults.Ok(answer);
    }
}
