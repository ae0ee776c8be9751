namespace Coordinator.Memcached;

/// <summary>Whom a client believes to be its server. Unless said otherwise: the certificate names the host and the system trusts its issuer.</summary>
public sealed record MemcachedTlsOptions
{
    /// <summary>The name that the certificate must carry. Default: the server's host.</summary>
    public string? ServerName { get; init; }

    /// <summary>A PEM file of issuers to trust instead of the system's. Read at each connect, so a new one needs no restart.</summary>
    public string? CaFile { get; init; }

    /// <summary>The SHA-256 hash of the one certificate that is accepted, in hexadecimal, whatever its name and issuer.</summary>
    public string? Thumbprint { get; init; }
}
