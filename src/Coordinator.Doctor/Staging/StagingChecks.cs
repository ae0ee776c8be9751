using System.Text;
using Amazon.Runtime;
using Coordinator.Core.Warehouses;
using Coordinator.Doctor.Checking;
using Coordinator.Warehouse.Redshift.Staging;
using Microsoft.Extensions.Options;

namespace Coordinator.Doctor.Staging;

/// <summary>The bucket of staged files: lists, writes and deletes one small object below the prefix, as a silo does.</summary>
internal sealed class StagingChecks(StagingOptions options) : IDisposable
{
    private const string Bucket = "staging bucket";
    private const string Section = "Coordinator:Warehouse:Redshift:Staging";
    private const string Silent = "S3 does not answer: let this machine reach it, by a NAT gateway or a VPC endpoint, or compare "
        + $"{Section}:Endpoint and :Region.";

    private StagingStore? _store;

    private string Key => $"{options.Prefix}/doctor-{_id:N}";

    private readonly Guid _id = Guid.NewGuid();

    public IEnumerable<Check> All()
    {
        yield return new Check(Bucket, ListAsync) { AdviceOnSilence = Silent };
        yield return new Check("staging put", PutAsync) { Needs = [Bucket], AdviceOnSilence = Silent };
        yield return new Check("staging delete", DeleteAsync) { Needs = [Bucket, "staging put"], AdviceOnSilence = Silent };
    }

    public void Dispose() => _store?.Dispose();

    private Task<Finding> ListAsync(CancellationToken cancellationToken) => TryAsync("s3:ListBucket", $"arn:aws:s3:::{options.Bucket}", async () =>
    {
        _store = new StagingStore(options);
        // Nothing is older, so nothing is deleted.
        await _store.SweepAsync(DateTimeOffset.UnixEpoch, cancellationToken);
        return $"{options.Bucket} can be listed";
    });

    private Task<Finding> PutAsync(CancellationToken cancellationToken) => TryAsync("s3:PutObject", Objects, async () =>
    {
        using var content = new MemoryStream(Encoding.ASCII.GetBytes("client-host doctor writes and deletes this object"));
        await _store!.PutAsync(Key, content, cancellationToken);
        return $"{Key} is written";
    });

    private Task<Finding> DeleteAsync(CancellationToken cancellationToken) => TryAsync("s3:DeleteObject", Objects, async () =>
    {
        await _store!.DeleteAsync([Key], cancellationToken);
        return $"{Key} is deleted";
    });

    private string Objects => $"arn:aws:s3:::{options.Bucket}/{options.Prefix}/*";

    private async Task<Finding> TryAsync(string action, string resource, Func<Task<string>> work)
    {
        try
        {
            return Finding.Ok(await work());
        }
        catch (OptionsValidationException e)
        {
            return Finding.Failed(string.Join(" ", e.Failures));
        }
        catch (WarehouseException e)
        {
            return Finding.Failed(e.Message, AdviceOn((e.InnerException as AmazonServiceException)?.ErrorCode ?? "", action, resource));
        }
    }

    private string AdviceOn(string error, string action, string resource) => error switch
    {
        "NoSuchBucket" => $"Create bucket {options.Bucket} in the cluster's region, or mend {Section}:Bucket.",
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" =>
            $"The bucket is in another region: set {Section}:Region to it.",
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "InvalidToken" =>
            $"Mend the silo's credentials: {Section}:AccessKeyId and :SecretAccessKey, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        "AccessDenied" or "Forbidden" => $"Allow the silo's user or role {action} on {resource}, in its IAM policy and in the bucket's.",
        _ => $"See whether S3 can be reached from here, and whether the silo may {action} on {resource}.",
    };
}
