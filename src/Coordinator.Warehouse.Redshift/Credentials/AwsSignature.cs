using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;
using Amazon.Util;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>The headers that sign a POST without a query, by Signature Version 4.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html</remarks>
internal static class AwsSignature
{
    /// <summary>Adds the time, the session token and the signature to the headers of a request.</summary>
    /// <param name="headers">The headers that the signature covers, by their names in lower case. <c>host</c> is one of them.</param>
    /// <param name="path">The path, escaped.</param>
    /// <param name="body">The body.</param>
    /// <param name="keys">The silo's credentials.</param>
    /// <param name="service">The service's name in signatures.</param>
    /// <param name="region">The region.</param>
    /// <param name="at">The time.</param>
    public static void Sign(
        SortedDictionary<string, string> headers, string path, byte[] body, ImmutableCredentials keys, string service, string region,
        DateTimeOffset at)
    {
        headers["x-amz-date"] = AWS4Signer.FormatDateTime(at.UtcDateTime, AWSSDKUtils.ISO8601BasicDateTimeFormat);
        if (keys.UseToken) headers["x-amz-security-token"] = keys.Token;
        var names = string.Join(';', headers.Keys);
        var canonical = new StringBuilder($"POST\n{path}\n\n");
        foreach (var (name, value) in headers) canonical.Append(name).Append(':').Append(value.Trim()).Append('\n');
        canonical.Append('\n').Append(names).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(body)));
        headers["authorization"] = AWS4Signer.ComputeSignature(keys, region, at.UtcDateTime, service, names, canonical.ToString())
            .ForAuthorizationHeader;
    }
}
