using System.Collections.Specialized;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Coordinator.RedshiftSimulator.Aws;

/// <summary>Checks a request's signature by Signature Version 4: computes it again from the request as it arrived, with the secret
/// key.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</remarks>
internal static class RequestSignature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <summary>The code of the error; null if the signature is right.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, as it was sent.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="body">The body.</param>
    /// <param name="service">The service that the request is for.</param>
    /// <param name="keys">The access key id and its secret.</param>
    /// <param name="now">The time.</param>
    public static string? Refusal(
        string method, string path, NameValueCollection headers, byte[] body, string service, (string Id, string Secret) keys, DateTimeOffset now)
    {
        if (headers["Authorization"] is not { } authorization || !authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
            return "MissingAuthenticationToken";
        var parts = authorization[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries).Select(static part => part.Split('=', 2))
            .ToDictionary(static part => part[0], static part => part[1]);
        if (parts["Credential"].Split('/') is not [var id, var date, var region, var signedFor, "aws4_request"]) return "IncompleteSignature";
        if (id != keys.Id) return "UnrecognizedClientException";
        var signed = parts["SignedHeaders"].Split(';');
        if (signedFor != service || !signed.Contains("host") || headers["X-Amz-Date"] is not { } time
            || !time.StartsWith(date, StringComparison.Ordinal))
            return "SignatureDoesNotMatch";
        var at = DateTimeOffset.ParseExact(time, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if ((now - at).Duration() > MaxAge) return "RequestExpired";

        var request = new StringBuilder($"{method}\n{path}\n\n");
        foreach (var name in signed) request.Append(CultureInfo.InvariantCulture, $"{name}:{headers[name]?.Trim()}\n");
        request.Append(CultureInfo.InvariantCulture, $"\n{parts["SignedHeaders"]}\n{Hex(SHA256.HashData(body))}");
        var toSign = $"{Algorithm}\n{time}\n{date}/{region}/{service}/aws4_request\n{Hex(SHA256.HashData(Bytes(request.ToString())))}";
        var key = new[] { date, region, service, "aws4_request" }
            .Aggregate(Bytes("AWS4" + keys.Secret), static (key, part) => HMACSHA256.HashData(key, Bytes(part)));
        return parts["Signature"] == Hex(HMACSHA256.HashData(key, Bytes(toSign))) ? null : "SignatureDoesNotMatch";
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
