using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Coordinator.Doctor.Net;

/// <summary>Asks a server of PostgreSQL's protocol for TLS and looks at its certificate. It sends no name and no password.</summary>
internal static class TlsProbe
{
    /// <summary>The message SSLRequest: its length, and a code instead of a version.</summary>
    private static readonly byte[] Request = [0, 0, 0, 8, 4, 210, 22, 47];

    /// <param name="host">The host, whose name the certificate should have.</param>
    /// <param name="port">The port.</param>
    /// <param name="rootFile">A PEM file of issuers to trust instead of the system's; null for the system's.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<TlsAnswer> AskAsync(string host, int port, string? rootFile, CancellationToken cancellationToken)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(host, port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Request, cancellationToken);
        var answer = new byte[1];
        if (await stream.ReadAtLeastAsync(answer, 1, throwOnEndOfStream: false, cancellationToken) == 0)
            throw new IOException($"{host}:{port} closed the connection: it is no PostgreSQL and no Redshift, or a proxy refuses this machine");
        if (answer[0] != (byte)'S') return TlsAnswer.None;

        var seen = TlsAnswer.None;
        await using var secured = new SslStream(stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                seen = new TlsAnswer(true, errors, Text(certificate), Reasons(chain));
                return errors == SslPolicyErrors.None;
            },
        };
        if (rootFile is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(rootFile);
        }

        try
        {
            await secured.AuthenticateAsClientAsync(options, cancellationToken);
        }
        catch (AuthenticationException) when (seen.IsOffered)
        {
            // The certificate was seen, and what is wrong with it.
        }

        return seen;
    }

    private static string Text(X509Certificate? certificate) => certificate is null
        ? "no certificate"
        : string.Create(CultureInfo.InvariantCulture, $"certificate {certificate.Subject} of {certificate.Issuer}, valid until {Until(certificate)}");

    private static string Until(X509Certificate certificate) =>
        new X509Certificate2(certificate).NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Reasons(X509Chain? chain) =>
        string.Join("; ", (chain?.ChainStatus ?? []).Select(static status => status.StatusInformation.Trim().TrimEnd('.')).Distinct());
}
