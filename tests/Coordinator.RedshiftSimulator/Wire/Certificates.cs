using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Coordinator.RedshiftSimulator.Wire;

/// <summary>Certificates of a private authority that is made for each.</summary>
public static class Certificates
{
    /// <summary>A server's certificate for a DNS name, and its authority's certificate as PEM.</summary>
    public static (X509Certificate2 Certificate, string AuthorityPem) Create(string name)
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asAuthority = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        asAuthority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = asAuthority.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asServer = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        asServer.CertificateExtensions.Add(names.Build());
        using var signed = asServer.Create(authority, from, to, [1, 2, 3, 4]);
        return (signed.CopyWithPrivateKey(key), authority.ExportCertificatePem());
    }
}
