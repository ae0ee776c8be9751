namespace Coordinator.Memcached.Connections;

/// <summary>How a client authenticates its servers. By default the certificate must name the host and the system must trust its
/// issuer.</summary>
public sealed record MemcachedTlsOptions
{
    /// <summary>The name that the certificate must have. Default: the server's host.</summary>
    public string? ServerName { get; init; }

    /// <summary>A PEM file of issuers to trust instead of the system's. Read at each connect, so a new one needs no restart.</summary>
    public string? CaFile { get; init; }

    /// <summary>The SHA-256 hash of the only accepted certificate, in hexadecimal. Its name and issuer are not checked.</summary>
    public string? Thumbprint { get; init; }
}
