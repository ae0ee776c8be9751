using Coordinator.Doctor.Checking;
using Npgsql;

namespace Coordinator.Doctor.Net;

/// <summary>Judges the TLS of a warehouse by the mode of the connection string.</summary>
internal static class TlsVerdict
{
    private const string Key = "Coordinator:Warehouse:ConnectionString";
    private const string Verify = $"Set SSL Mode=VerifyFull in {Key}.";

    /// <summary>A verdict that needs no answer of the server; null if it does.</summary>
    public static Finding? Of(SslMode mode, bool isLoopback) => (mode, isLoopback) switch
    {
        (SslMode.Disable, true) => Finding.Ok("off (SSL Mode=Disable), on loopback"),
        (SslMode.Disable, false) => Finding.Warning("off (SSL Mode=Disable): the password and all rows travel in clear text", Verify),
        _ => null,
    };

    public static Finding Of(SslMode mode, string host, bool isLoopback, TlsAnswer answer)
    {
        if (!answer.IsOffered) return WithoutTls(mode, isLoopback);
        var mayBeUntrusted = mode is not (SslMode.VerifyCA or SslMode.VerifyFull);
        if (answer.IsUntrusted && !mayBeUntrusted)
            return Finding.Failed(
                $"the certificate is not trusted ({answer.Reason}): {answer.Certificate}",
                $"Trust its issuer: Root Certificate=FILE in {Key}, with the issuer's PEM file, or add the issuer to the operating system's. "
                    + "Amazon's authorities are there already, unless a container has none: install ca-certificates.");
        if (answer.HasOtherName && mode == SslMode.VerifyFull)
            return Finding.Failed(
                $"the certificate has another name than {host}: {answer.Certificate}",
                $"Give the name that the certificate has as Host in {Key}; behind a tunnel or an own name, SSL Mode=VerifyCA.");
        if (mode is SslMode.VerifyCA or SslMode.VerifyFull) return Finding.Ok($"on and verified (SSL Mode={mode}), {answer.Certificate}");
        return isLoopback
            ? Finding.Ok($"on, on loopback (SSL Mode={mode})")
            : Finding.Warning($"on, but the server need not prove its name (SSL Mode={mode}): {answer.Certificate}", Verify);
    }

    private static Finding WithoutTls(SslMode mode, bool isLoopback) => (mode, isLoopback) switch
    {
        (SslMode.Prefer or SslMode.Allow, true) => Finding.Ok("off, the server has none; on loopback"),
        (SslMode.Prefer or SslMode.Allow, false) => Finding.Warning(
            "off, the server has none: the password and all rows travel in clear text", $"Enable TLS on the server. {Verify}"),
        _ => Finding.Failed(
            $"the server has none, and SSL Mode={mode} requires it",
            $"Enable TLS on the server (on Redshift it always is: compare Host and Port with the endpoint), or set SSL Mode=Disable in {Key}."),
    };
}
