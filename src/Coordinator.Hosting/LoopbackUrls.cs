using System.Net;
using Microsoft.Extensions.Configuration;

namespace Coordinator.Hosting;

/// <summary>Nothing listens beyond loopback without authentication, and there is none yet.</summary>
public static class LoopbackUrls
{
    /// <summary>The setting <c>urls</c> or its default.</summary>
    /// <exception cref="InvalidOperationException">A url's host is not a loopback address.</exception>
    public static string Read(IConfiguration configuration, string defaultUrls)
    {
        var urls = configuration["urls"] is { Length: > 0 } set ? set : defaultUrls;
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsLoopback(uri.Host))
                throw new InvalidOperationException($"Setting urls: '{url}' would listen beyond loopback, and nothing here asks who calls. Use http://127.0.0.1:PORT, and put a proxy that authenticates before it.");
        }

        return urls;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
