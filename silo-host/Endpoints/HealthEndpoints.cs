using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Coordinator.SiloHost.Endpoints;

/// <summary><c>/health/live</c>: the process runs. <c>/health/ready</c>: it is in the cluster and reaches the warehouse.</summary>
internal static class HealthEndpoints
{
    /// <summary>The tag of the checks for readiness.</summary>
    public const string Ready = "ready";

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = static check => check.Tags.Contains(Ready),
            ResponseWriter = WriteAsync,
        });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        Status = report.Status.ToString(),
        Checks = report.Entries.ToDictionary(static e => e.Key, static e => e.Value.Description ?? e.Value.Status.ToString()),
    });
}
