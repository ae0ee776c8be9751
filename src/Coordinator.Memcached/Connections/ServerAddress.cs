using System.Globalization;

namespace Coordinator.Memcached.Connections;

/// <summary>The address of a memcached. The name is resolved at every connect: a replaced server keeps its name and changes its
/// address.</summary>
public readonly record struct ServerAddress(string Host, int Port)
{
    /// <summary>memcached's default.</summary>
    public const int DefaultPort = 11211;

    /// <summary>Parses <c>host</c> or <c>host:port</c>, with an IPv6 address in brackets.</summary>
    public static bool TryParse(string text, out ServerAddress address)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = default;
        text = text.Trim();
        var colon = text.LastIndexOf(':');
        if (text.EndsWith(']') || colon < 0) colon = text.Length;
        var host = text[..colon];
        var port = DefaultPort;
        if (colon < text.Length && !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)) return false;
        if (host.StartsWith('[') && host.EndsWith(']')) host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal)) return false;
        if (host.Length == 0 || host.Any(char.IsWhiteSpace) || port is < 1 or > 65535) return false;
        address = new ServerAddress(host, port);
        return true;
    }

    /// <summary><c>host:port</c>. Keys are hashed with this text too, so all silos must spell a server the same way.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
