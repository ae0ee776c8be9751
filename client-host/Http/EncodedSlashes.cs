using Microsoft.AspNetCore.Http.Features;

namespace Coordinator.ClientHost.Http;

/// <summary>Decodes the slashes in route values. ASP.NET Core decodes everything except <c>%2F</c>, so a table <c>"a/b"</c>, or a job or key
/// with a slash, would be a different one.</summary>
/// <remarks>A <c>%252F</c> stands for the text <c>%2F</c> and looks the same after routing. Only the raw request target distinguishes
/// them.</remarks>
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

    /// <summary>The decoded value.</summary>
    /// <param name="value">The value from routing.</param>
    /// <param name="target">The raw request target: path and query.</param>
    internal static string Decode(string value, string target)
    {
        var path = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? target[..query] : target;
        foreach (var segment in path.Split('/'))
        {
            var decoded = Uri.UnescapeDataString(segment);
            if (IsIn(segment) && WithSlashes(decoded) == WithSlashes(value)) return decoded;
        }

        // The target contains only %252F, or has a form that clients do not send here.
        return value;
    }

    private static bool IsIn(string text) => text.Contains(Slash, StringComparison.OrdinalIgnoreCase);

    private static string WithSlashes(string text) => text.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase);
}
