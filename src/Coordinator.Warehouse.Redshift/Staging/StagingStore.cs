using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.S3.Model;
using Coordinator.Core.Warehouses;
using Microsoft.Extensions.Options;

namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>The coordinator's part of the bucket: uploads files, deletes them, and finds abandoned ones.</summary>
internal sealed class StagingStore : IDisposable
{
    // The limit of one request: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
    private const int MaxDeletes = 1000;

    private const string Section = StagingOptions.Section;

    private const string Remedy =
        $"Set {Section}:Region, and {Section}:AccessKeyId with SecretAccessKey; or AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a "
        + "profile or a role of the machine.";

    private readonly StagingOptions _options;
    private readonly AWSCredentials _credentials;
    private readonly AmazonS3Client _s3;

    /// <exception cref="OptionsValidationException">The settings lack credentials or the region, and the environment has none.</exception>
    public StagingStore(StagingOptions options)
    {
        _options = options;
        try
        {
            _credentials = options.AccessKeyId.Length > 0
                ? new BasicAWSCredentials(options.AccessKeyId, options.SecretAccessKey)
                : DefaultAWSCredentialsIdentityResolver.GetCredentials();
            _s3 = new AmazonS3Client(_credentials, ConfigOf(options));
        }
        catch (AmazonClientException missing)
        {
            throw new OptionsValidationException(
                Section, typeof(StagingOptions),
                [$"{Section}:Bucket is '{options.Bucket}', but S3 cannot be used: {FirstSentence(missing.Message)} {Remedy}"]);
        }
    }

    /// <summary>The URL of a key for COPY.</summary>
    public string UrlOf(string key) => $"s3://{_options.Bucket}/{key}";

    /// <summary>The clause with which COPY reads the files: the role, or the silo's own credentials.</summary>
    public async Task<string> AuthorizationAsync()
    {
        if (_options.IamRole == "default") return "IAM_ROLE default";
        if (_options.IamRole.Length > 0) return $"IAM_ROLE '{_options.IamRole}'";
        var keys = await AskAsync(_credentials.GetCredentialsAsync).ConfigureAwait(false);
        var token = keys.UseToken ? $" SESSION_TOKEN '{keys.Token}'" : "";
        return $"ACCESS_KEY_ID '{keys.AccessKey}' SECRET_ACCESS_KEY '{keys.SecretKey}'{token}";
    }

    /// <summary>Writes an object, or overwrites the one with the same key.</summary>
    public Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest { BucketName = _options.Bucket, Key = key, InputStream = content, AutoCloseStream = false };
        if (_options.Encryption == StagingEncryption.S3) request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256;
        if (_options.Encryption == StagingEncryption.Kms)
        {
            request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
            if (_options.KmsKeyId.Length > 0) request.ServerSideEncryptionKeyManagementServiceKeyId = _options.KmsKeyId;
        }

        return AskAsync(() => _s3.PutObjectAsync(request, cancellationToken));
    }

    /// <summary>Deletes objects. Missing objects are no error.</summary>
    public async Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        foreach (var some in keys.Chunk(MaxDeletes))
        {
            var request = new DeleteObjectsRequest
            {
                BucketName = _options.Bucket,
                Objects = [.. some.Select(static key => new KeyVersion { Key = key })],
                Quiet = true
            };
            await AskAsync(() => _s3.DeleteObjectsAsync(request, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes objects older than an instant, and returns their number.</summary>
    public async Task<int> SweepAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = _options.Prefix + "/" };
        ListObjectsV2Response page;
        do
        {
            page = await AskAsync(() => _s3.ListObjectsV2Async(request, cancellationToken)).ConfigureAwait(false);
            var old = (page.S3Objects ?? []).Where(found => found.LastModified is { } at && at.ToUniversalTime() < before.UtcDateTime)
                .Select(static found => found.Key).ToArray();
            await DeleteAsync(old, cancellationToken).ConfigureAwait(false);
            deleted += old.Length;
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return deleted;
    }

    public void Dispose() => _s3.Dispose();

    /// <summary>What is missing; the text after it lists every place that was searched.</summary>
    private static string FirstSentence(string text) => text.Split(". ", 2)[0].TrimEnd('.') + ".";

    private static AmazonS3Config ConfigOf(StagingOptions options)
    {
        var config = new AmazonS3Config();
        if (options.Region.Length > 0) config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        if (options.Endpoint.Length > 0)
        {
            (config.ServiceURL, config.ForcePathStyle) = (options.Endpoint, true);
            if (options.Region.Length > 0) config.AuthenticationRegion = options.Region;
        }

        return config;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> question)
    {
        try
        {
            return await question().ConfigureAwait(false);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
        {
            throw new WarehouseException(
                FailureKind.Unavailable, $"S3 did not take or give a file of bucket {_options.Bucket}: {e.Message}", e)
            { Cause = FailureCause.Staging };
        }
    }
}
