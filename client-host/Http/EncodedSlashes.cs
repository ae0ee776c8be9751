using Microsoft.AspNetCore.Http.Features;

namespace Coordinator.ClientHost.Http;

/// <summary>
/// Decodes the slashes in the values of a route: ASP.NET Core decodes everything else and leaves <c>%2F</c>, so that a table <c>"a/b"</c>, a job or a
/// key with a slash would be another one.
/// </summary>
/// <remarks>
/// A <c>%252F</c> stands for the text <c>%2F</c> and looks the same by then; only the address as it was sent tells which one it was.
/// </remarks>
internal static class EncodedSlashes
{
    private const string Slash = "%2F";

    public static IApplicationBuilder UseEncodedSlashes(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        foreach (var (name, value) in context.Request.RouteValues.ToArray())
        {
            if (value is not string text || !IsIn(text)) continue;
            context.Request.RouteValues[name] = Decode(text, context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "");
        }

        return next(context);
    });

    /// <summary>The value in full.</summary>
    /// <param name="value">As routing gives it.</param>
    /// <param name="target">The address as it was sent: path and query.</param>
    internal static string Decode(string value, string target)
    {
        var path = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? target[..query] : target;
        foreach (var segment in path.Split('/'))
        {
            var decoded = Uri.UnescapeDataString(segment);
            if (IsIn(segment) && WithSlashes(decoded) == WithSlashes(value)) return decoded;
        }

        // It was sent with %252F alone, or the target is in a form that no client sends here.
        return value;
    }

    private static bool IsIn(string text) => text.Contains(Slash, StringComparison.OrdinalIgnoreCase);

    private static string WithSlashes(string text) => text.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase);
}
