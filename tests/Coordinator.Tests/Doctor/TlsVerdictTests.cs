using System.Net.Security;
using Coordinator.Doctor.Checking;
using Coordinator.Doctor.Net;
using Npgsql;

namespace Coordinator.Tests.Doctor;

public sealed class TlsVerdictTests
{
    private static readonly TlsAnswer Good = new(true, SslPolicyErrors.None, "certificate CN=db", "");
    private static readonly TlsAnswer Untrusted = Good with { Errors = SslPolicyErrors.RemoteCertificateChainErrors, Reason = "self-signed" };
    private static readonly TlsAnswer OtherName = Good with { Errors = SslPolicyErrors.RemoteCertificateNameMismatch };

    public static TheoryData<SslMode, bool, string, CheckStatus> Cases => new()
    {
        { SslMode.Prefer, true, "none", CheckStatus.Ok },
        { SslMode.Prefer, false, "none", CheckStatus.Warning },
        { SslMode.Require, true, "none", CheckStatus.Failed },
        { SslMode.VerifyFull, false, "none", CheckStatus.Failed },
        { SslMode.Prefer, false, "untrusted", CheckStatus.Warning },
        { SslMode.Require, false, "good", CheckStatus.Warning },
        { SslMode.Require, true, "untrusted", CheckStatus.Ok },
        { SslMode.VerifyCA, false, "good", CheckStatus.Ok },
        { SslMode.VerifyCA, false, "untrusted", CheckStatus.Failed },
        { SslMode.VerifyCA, false, "other name", CheckStatus.Ok },
        { SslMode.VerifyFull, false, "good", CheckStatus.Ok },
        { SslMode.VerifyFull, true, "untrusted", CheckStatus.Failed },
        { SslMode.VerifyFull, false, "other name", CheckStatus.Failed },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_mode_and_the_certificate_decide(SslMode mode, bool isLoopback, string answer, CheckStatus expected)
    {
        var seen = answer switch
        {
            "none" => TlsAnswer.None,
            "untrusted" => Untrusted,
            "other name" => OtherName,
            _ => Good,
        };
        var finding = TlsVerdict.Of(mode, "db", isLoopback, seen);
        Assert.Equal(expected, finding.Status);
        Assert.Equal(expected == CheckStatus.Ok, finding.Advice.Count == 0);
    }

    [Fact]
    public void Without_TLS_the_server_is_not_asked()
    {
        Assert.Equal(CheckStatus.Ok, TlsVerdict.Of(SslMode.Disable, isLoopback: true)!.Status);
        Assert.Equal(CheckStatus.Warning, TlsVerdict.Of(SslMode.Disable, isLoopback: false)!.Status);
        Assert.Null(TlsVerdict.Of(SslMode.Prefer, isLoopback: true));
    }
}
