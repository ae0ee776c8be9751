using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Coordinator.Hosting.Web;

/// <summary>Refuses what pages of other sites have an operator's browser send: a browser reaches loopback, and so does every page in it. A program
/// that is no browser sends none of the headers that are judged here.</summary>
public static partial class BrowserGuard
{
    /// <summary>Accepts requests for this host's own names alone, so that a page whose name was pointed here is not the host's own origin.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="urls">The addresses that it listens on.</param>
    public static void AddBrowserGuard(this WebApplicationBuilder builder, IReadOnlyList<string> urls)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var own = OwnHosts.Of(urls, builder.Configuration);
        builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = [.. own]);
        builder.Services.AddHostedService<BoundAddresses>();
    }

    /// <summary>Refuses writes and WebSockets that a page of another site began, and tells browsers to keep this host's pages out of foreign
    /// frames.</summary>
    public static void UseBrowserGuard(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(BrowserGuard));
        app.Use(async (context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "SAMEORIGIN";
            headers.ContentSecurityPolicy = "frame-ancestors 'self'; base-uri 'self'; form-action 'self'; object-src 'none'";
            headers["Referrer-Policy"] = "no-referrer";
            if (!IsForeign(context.Request))
            {
                await next(context);
                return;
            }

            var origin = context.Request.Headers.Origin.ToString();
            LogForeign(logger, context.Request.Method, context.Request.Path, origin);
            await Results.Problem(
                $"A page of {(origin.Length > 0 ? origin : "another site")} had a browser send this. Only pages of this host may write, and programs "
                    + "that send no Origin.",
                statusCode: StatusCodes.Status403Forbidden, title: "The request comes from another site").ExecuteAsync(context);
        });
    }

    /// <summary>Reading is left to the browser: without CORS headers a foreign page sees no answer.</summary>
    internal static bool IsForeign(HttpRequest request)
    {
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (isRead && !request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)) return false;
        // Another port of this machine is the same site and another origin.
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")) return true;
        var origin = request.Headers.Origin.ToString();
        // A proxy may have ended TLS, so the scheme does not count.
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    [LoggerMessage(6110, LogLevel.Warning, "Refused: {Method} {Path}, which a page of another site sent ({Origin})")]
    private static partial void LogForeign(ILogger logger, string method, string path, string origin);
}
