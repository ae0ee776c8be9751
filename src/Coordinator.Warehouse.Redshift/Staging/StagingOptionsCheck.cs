using System.Text.RegularExpressions;

namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>Finds mistakes in the staging options. Valid values can be part of a statement without escapes.</summary>
internal static partial class StagingOptionsCheck
{
    // A file's name must fit into the 256 characters that Redshift keeps of it.
    private const int MaxPrefixLength = 100;
    private const long MaxFromBytes = 1L << 40;

    private static readonly TimeSpan MaxRetention = TimeSpan.FromDays(366);

    public static IEnumerable<string> Mistakes(StagingOptions options)
    {
        if (options.Bucket.Length == 0) yield break;
        if (!BucketName().IsMatch(options.Bucket))
            yield return $"Staging:Bucket is '{options.Bucket}'; expected a bucket's name, such as my-company-staging.";
        if (!KeyPrefix().IsMatch(options.Prefix) || options.Prefix.Length > MaxPrefixLength)
            yield return $"Staging:Prefix is '{options.Prefix}'; expected at most {MaxPrefixLength} letters, digits and any of / - _ . without a "
                + $"slash at either end, such as coordinator/prod.";
        if (options.Region.Length > 0 && !RegionName().IsMatch(options.Region))
            yield return $"Staging:Region is '{options.Region}'; expected such as eu-west-1.";
        if (options.Endpoint.Length > 0 && !Uri.TryCreate(options.Endpoint, UriKind.Absolute, out _))
            yield return $"Staging:Endpoint is '{options.Endpoint}'; expected a URL.";
        if (options.IamRole is not ("" or "default") && !RoleArns().IsMatch(options.IamRole))
            yield return $"Staging:IamRole is '{options.IamRole}'; expected default, or such as arn:aws:iam::123456789012:role/redshift-copy.";
        if (options.AccessKeyId.Length > 0 != options.SecretAccessKey.Length > 0)
            yield return "Staging:AccessKeyId and Staging:SecretAccessKey go together; one is empty.";
        if (options.KmsKeyId.Length > 0 && options.Encryption != StagingEncryption.Kms)
            yield return "Staging:KmsKeyId is given; expected Staging:Encryption Kms with it.";
        if (options.FromBytes is < 0 or > MaxFromBytes)
            yield return $"Staging:FromBytes is '{options.FromBytes}'; expected 0 to {MaxFromBytes}; without a bucket nothing is staged.";
        if (options.FileBytes is < 64 * 1024 or > 256 * 1024 * 1024)
            yield return $"Staging:FileBytes is '{options.FileBytes}'; expected 65536 (64 KB) to 268435456 (256 MB).";
        if (options.MaxConcurrent is < 1 or > 64) yield return $"Staging:MaxConcurrent is '{options.MaxConcurrent}'; expected 1 to 64.";
        if (options.Retention < TimeSpan.FromHours(1) || options.Retention > MaxRetention)
            yield return $"Staging:Retention is '{options.Retention}'; expected an hour to {MaxRetention}: "
                + "a file must outlive the COPY that reads it.";
        if (!Enum.IsDefined(options.Encryption))
            yield return $"Staging:Encryption is '{options.Encryption}'; expected {string.Join(", ", Enum.GetNames<StagingEncryption>())}.";
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();

    [GeneratedRegex(@"^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*\z")]
    private static partial Regex KeyPrefix();

    [GeneratedRegex(@"^[a-z0-9-]+\z")]
    private static partial Regex RegionName();

    [GeneratedRegex(@"^arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.:@/-]+\z")]
    private static partial Regex RoleArns();
}
