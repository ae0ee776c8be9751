using System.Text;
using Amazon.Runtime;
using Coordinator.Warehouse.Redshift.Credentials;

namespace Coordinator.Tests.Warehouses.Redshift.Credentials;

/// <summary>The cases post-vanilla and post-x-www-form-urlencoded of AWS's test suite for Signature Version 4. The simulator's AWS endpoint
/// checks the requests themselves.</summary>
public sealed class AwsSignatureTests
{
    private static readonly DateTimeOffset At = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", null, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("Param1=value1", "application/x-www-form-urlencoded", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")]
    public void A_request_is_signed_as_in_AWS_s_examples(string body, string? contentType, string expected)
    {
        var headers = Sign(body, contentType, new ImmutableCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null));
        Assert.EndsWith("Signature=" + expected, headers["authorization"], StringComparison.Ordinal);
        Assert.Equal("20150830T123600Z", headers["x-amz-date"]);
        Assert.DoesNotContain("x-amz-security-token", headers.Keys);
    }

    [Fact]
    public void A_session_token_is_sent_and_signed()
    {
        var headers = Sign("", null, new ImmutableCredentials("AKIDEXAMPLE", "secret", "token"));
        Assert.Equal("token", headers["x-amz-security-token"]);
        Assert.Contains("SignedHeaders=host;x-amz-date;x-amz-security-token,", headers["authorization"], StringComparison.Ordinal);
    }

    private static SortedDictionary<string, string> Sign(string body, string? contentType, ImmutableCredentials keys)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = "example.amazonaws.com" };
        if (contentType is not null) headers["content-type"] = contentType;
        AwsSignature.Sign(headers, "/", Encoding.UTF8.GetBytes(body), keys, "service", "us-east-1", At);
        return headers;
    }
}
