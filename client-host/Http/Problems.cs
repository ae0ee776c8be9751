using System.Globalization;
using Coordinator.Errors;
using Coordinator.Files.Records;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Rows;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Coordinator.ClientHost.Http;

/// <summary>Errors as RFC 9457 problem details: what is wrong, where, and what would be right.</summary>
internal sealed class Problems(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, title) = exception switch
        {
            QueueFullException => (StatusCodes.Status429TooManyRequests, "The table's queue is full"),
            OutcomeUnknownException => (StatusCodes.Status504GatewayTimeout, "The outcome is not known yet"),
            OtherWarehouseException => (StatusCodes.Status503ServiceUnavailable, "The silo writes to another warehouse"),
            CoordinatorException => (StatusCodes.Status503ServiceUnavailable, "The write cannot be taken now"),
            InvalidRowsException => (StatusCodes.Status400BadRequest, "The rows do not form a block"),
            BadHttpRequestException { StatusCode: var code } =>
                (code, code switch
                {
                    StatusCodes.Status413PayloadTooLarge => "The body is too large",
                    StatusCodes.Status429TooManyRequests => "The host holds too many bodies",
                    _ => "The request is malformed",
                }),
            FormatException => (StatusCodes.Status400BadRequest, "The request is malformed"),
            _ => (0, ""),
        };
        if (status == 0) return false;
        var retryAfter = (exception as CoordinatorException)?.RetryAfter;
        if (retryAfter is not null || status == StatusCodes.Status429TooManyRequests)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(retryAfter?.TotalSeconds ?? 0));
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        httpContext.Response.StatusCode = status;
        var link = httpContext.Features.Get<IntentLink>();
        var problem = Of(status, title, exception.Message, link?.Id, null);
        if (link is not null) problem.Extensions["self"] = link.ToString();
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    /// <summary>Adds what would be right to the framework's own problem responses.</summary>
    public static void Complete(ProblemDetailsOptions options) => options.CustomizeProblemDetails = static context =>
        context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            StatusCodes.Status415UnsupportedMediaType => UnknownMediaType(context.HttpContext.Request),
            StatusCodes.Status404NotFound => $"There is nothing at {context.HttpContext.Request.Path}; /openapi/v1.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed =>
                $"{context.HttpContext.Request.Path} does not take {context.HttpContext.Request.Method}; /openapi/v1.json lists what it takes.",
            _ => null,
        };

    public static string UnknownMediaType(HttpRequest request) =>
        $"The body is '{request.ContentType}'; expected {RowFormats.NdjsonMediaType}, {RowFormats.JsonMediaType} or {RowFormats.CsvMediaType}.";

    /// <summary>A problem response of an endpoint.</summary>
    public static IResult Result(int status, string title, string detail, IntentId? id = null, IReadOnlyList<RowError>? errors = null) =>
        TypedResults.Problem(Of(status, title, detail, id, errors));

    private static ProblemDetails Of(int status, string title, string detail, IntentId? id, IReadOnlyList<RowError>? errors)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail };
        if (id is { } known) problem.Extensions["intentId"] = known.ToString();
        if (errors is { Count: > 0 }) problem.Extensions["errors"] = errors;
        return problem;
    }
}
