using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Sends signed requests to one AWS service.</summary>
/// <param name="service">The service's name in endpoints, signatures and IAM actions.</param>
/// <param name="options">The endpoint and the access key, if they are set.</param>
/// <param name="region">The region; empty for that of the environment.</param>
/// <param name="time">The clock of the signatures.</param>
internal sealed class AwsCaller(string service, LoginOptions options, string region, TimeProvider time) : IDisposable
{
    private const string Remedy =
        $"Set {LoginOptions.Section}:Region, and {LoginOptions.Section}:AccessKeyId with SecretAccessKey; or AWS_REGION, AWS_ACCESS_KEY_ID and "
        + "AWS_SECRET_ACCESS_KEY, a profile or a role of the machine.";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private AWSCredentials? _credentials;
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout };

    /// <summary>Sends a request, and returns the answer's body.</summary>
    /// <param name="action">The action, as IAM names it without the service.</param>
    /// <param name="subject">What it is about, for messages: "cluster main".</param>
    /// <param name="contentType">The body's type.</param>
    /// <param name="target">The action in JSON protocols; null in the Query protocol.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="WarehouseException">Unavailable: AWS refused or did not answer.</exception>
    public async Task<string> AskAsync(
        string action, string subject, string contentType, string? target, string body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = await SignedAsync(contentType, target, Encoding.UTF8.GetBytes(body)).ConfigureAwait(false);
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return answer;
            var error = AwsError.Read(answer, (int)response.StatusCode);
            var advice = error.IsDenied ? $" A policy of the silo's IAM identity must allow {service}:{action} for {subject}." : "";
            throw Failure(action, subject, $"{error.Code}: {error.Message}".TrimEnd(' ', ':').TrimEnd('.') + "." + advice, null);
        }
        catch (Exception missing) when (missing is AmazonClientException or AmazonServiceException)
        {
            throw Failure(action, subject, $"{missing.Message.Split(". ", 2)[0].TrimEnd('.')}. {Remedy}", missing);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Failure(action, subject, $"{(e is OperationCanceledException ? $"no answer within {Timeout}" : e.Message.TrimEnd('.'))}.", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private WarehouseException Failure(string action, string subject, string reason, Exception? inner) =>
        new(FailureKind.Unavailable, $"AWS gave no login for Redshift: {service}:{action} for {subject} failed: {reason}", inner)
        { Cause = FailureCause.Connection };

    private async Task<HttpRequestMessage> SignedAsync(string contentType, string? target, byte[] body)
    {
        // Not at the start: a machine's role may come later. What is found renews itself.
        _credentials ??= options.AccessKeyId.Length > 0
            ? new BasicAWSCredentials(options.AccessKeyId, options.SecretAccessKey)
            : DefaultAWSCredentialsIdentityResolver.GetCredentials();
        var keys = await _credentials.GetCredentialsAsync().ConfigureAwait(false);
        var place = region.Length > 0 ? RegionEndpoint.GetBySystemName(region)
            : FallbackRegionFactory.GetRegionEndpoint() ?? throw new AmazonClientException("No region is known");
        var url = new Uri(options.Endpoint.Length > 0 ? options.Endpoint : $"https://{service}.{place.SystemName}.{place.PartitionDnsSuffix}/");
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["content-type"] = contentType, ["host"] = url.Authority };
        if (target is not null) headers["x-amz-target"] = target;
        AwsSignature.Sign(headers, url.AbsolutePath, body, keys, service, place.SystemName, time.GetUtcNow());
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (name == "content-type") request.Content.Headers.TryAddWithoutValidation(name, value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
