using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Coordinator.Hosting.Web;

/// <summary>The names by which requests may address a host: those of loopback, those of its own addresses, and those in <c>AllowedHosts</c>, with
/// <c>;</c> between them.</summary>
internal static class OwnHosts
{
    /// <summary>The key of ASP.NET Core's own setting.</summary>
    public const string Key = "AllowedHosts";

    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    public static IReadOnlyList<string> Of(IReadOnlyList<string> urls, IConfiguration configuration) =>
        [
            .. Loopback.Concat(urls.Select(static url => BindingAddress.Parse(url).Host)).Concat(Given(configuration))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    /// <summary>What is wrong with the setting; null if nothing is.</summary>
    public static string? Mistake(IConfiguration configuration) =>
        Given(configuration).FirstOrDefault(static name => name.StartsWith('*')) is { } every
            ? $"{Key} holds '{every}', which lets every page whose name is pointed here write; expected the names by which this host is called, such "
                + "as coordinator.example.com."
            : null;

    private static string[] Given(IConfiguration configuration) =>
        (configuration[Key] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
