using System.Net;
using Coordinator.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Hosting.Web;

/// <summary>Allows only loopback addresses, because there is no authentication yet.</summary>
public static class LoopbackUrls
{
    /// <summary>The addresses to listen on: the setting <c>urls</c>, or the default.</summary>
    /// <exception cref="OptionsValidationException">An address is not loopback, or another setting sets addresses; the message names
    /// all.</exception>
    public static IReadOnlyList<string> Read(IConfiguration configuration, string defaultUrl)
    {
        var reader = new SettingsReader(configuration);
        var urls = Read(reader, defaultUrl);
        reader.ThrowIfWrong();
        return urls;
    }

    /// <summary>The addresses to listen on; the reader collects the mistakes.</summary>
    public static IReadOnlyList<string> Read(SettingsReader reader, string defaultUrl)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var configuration = reader.Configuration;
        var urls = (configuration["urls"] ?? defaultUrl).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var mistakes = urls.Where(static url => !IsLoopback(url))
            .Select(url => $"urls holds '{url}'; allowed are loopback addresses with a port from 0 to 65535, such as {defaultUrl}, because this "
                + $"host has no authentication. Put a proxy that authenticates before it.")
            .ToList();
        if (urls.Length == 0) mistakes.Add($"urls is empty; expected an address such as {defaultUrl}.");
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any()) mistakes.Add("Kestrel:Endpoints is set; give the addresses as urls.");
        if (OwnHosts.Mistake(configuration) is { } mistake) mistakes.Add(mistake);
        reader.Add(mistakes);
        return urls;
    }

    /// <summary>Whether Kestrel would listen on loopback alone. It is parsed as Kestrel does it, which listens on every address if the host is
    /// neither an IP address nor <c>localhost</c>: <c>http://user@127.0.0.1:80</c> is such a host.</summary>
    internal static bool IsLoopback(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.PathBase.Length == 0
                && (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                    || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
