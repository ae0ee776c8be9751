using System.Net;
using Microsoft.Extensions.Options;

namespace Coordinator.ClientHost.Http;

/// <summary>Keeps the host on loopback: it has no authentication yet, so nobody else may reach it.</summary>
internal static class Loopback
{
    public const string DefaultUrls = "http://127.0.0.1:8081";

    /// <summary>The addresses to listen on.</summary>
    /// <exception cref="OptionsValidationException">One of them is not loopback, or addresses are given elsewhere; the message names all.</exception>
    public static string[] Urls(IConfiguration configuration)
    {
        var urls = (configuration["urls"] ?? DefaultUrls).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var mistakes = urls.Where(static u => !IsLoopback(u))
            .Select(static u => $"urls holds '{u}'; allowed are loopback addresses such as {DefaultUrls}, because this host has no authentication.")
            .ToList();
        if (urls.Length == 0) mistakes.Add($"urls is empty; expected an address such as {DefaultUrls}.");
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any()) mistakes.Add("Kestrel:Endpoints is set; give the addresses as urls.");
        return mistakes.Count == 0 ? urls : throw new OptionsValidationException("urls", typeof(Loopback), mistakes);
    }

    private static bool IsLoopback(string url)
    {
        try
        {
            var host = BindingAddress.Parse(url).Host;
            return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
