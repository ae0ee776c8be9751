using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Doctor;

/// <summary>A certificate that signed itself, in files that a PostgreSQL server accepts.</summary>
internal sealed class Certificate : IDisposable
{
    /// <summary>The host that the certificate names.</summary>
    public const string Name = "warehouse.example";

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(
        Path.Combine(Environment.IsPrivilegedProcess ? "/tmp" : Path.GetTempPath(), $"coordinator-certificate-{Guid.NewGuid():N}"));

    private Certificate()
    {
    }

    public string File => Path.Combine(_folder.FullName, "server.pem");

    public string KeyFile => Path.Combine(_folder.FullName, "server.key");

    public static async Task<Certificate> CreateAsync()
    {
        var certificate = new Certificate();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        await System.IO.File.WriteAllTextAsync(certificate.File, signed.ExportCertificatePem());
        await System.IO.File.WriteAllTextAsync(certificate.KeyFile, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(certificate.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        // PostgreSQL runs as its own user then, and a key must be its own.
        if (Environment.IsPrivilegedProcess) await ChildProcess.RunAsync("chown", ["-R", "postgres:", certificate._folder.FullName]);
        return certificate;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
