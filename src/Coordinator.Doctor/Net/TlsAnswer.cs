using System.Net.Security;

namespace Coordinator.Doctor.Net;

/// <summary>What a server shows of its TLS.</summary>
/// <param name="IsOffered">Whether it has TLS at all.</param>
/// <param name="Errors">What is wrong with its certificate.</param>
/// <param name="Certificate">The certificate, for messages.</param>
/// <param name="Reason">Why the certificate is not trusted; empty if it is.</param>
internal sealed record TlsAnswer(bool IsOffered, SslPolicyErrors Errors, string Certificate, string Reason)
{
    public static TlsAnswer None { get; } = new(false, SslPolicyErrors.None, "", "");

    public bool IsUntrusted => (Errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) != SslPolicyErrors.None;

    public bool HasOtherName => Errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
}
