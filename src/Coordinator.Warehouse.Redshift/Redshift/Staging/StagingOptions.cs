namespace Coordinator.Warehouse.Redshift.Redshift.Staging;

/// <summary>Where large batches become files, for COPY to load. Section <c>Coordinator:Warehouse:Redshift:Staging</c>. Without a bucket all rows go as multi-row INSERTs.</summary>
public sealed class StagingOptions
{
    /// <summary>The bucket; empty, the default, for no staging.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>What all keys begin with, without the slash behind it. Everything below it is ours: what is older than <see cref="Retention"/> is deleted.</summary>
    public string Prefix { get; set; } = "coordinator";

    /// <summary>The bucket's region, such as <c>eu-west-1</c>; empty: the environment says it, and it is the cluster's too.</summary>
    public string Region { get; set; } = "";

    /// <summary>Another address of S3, such as a VPC endpoint's; empty for the region's own.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The role by which Redshift reads the files: an ARN, several joined by commas, or <c>default</c>. Empty: the silo's own credentials go with the COPY.</summary>
    public string IamRole { get; set; } = "";

    /// <summary>A key of the silo's own; empty: the environment, the profile or the machine's role.</summary>
    public string AccessKeyId { get; set; } = "";

    /// <summary>Its secret.</summary>
    public string SecretAccessKey { get; set; } = "";

    /// <summary>How S3 encrypts the files; default as the bucket says.</summary>
    public StagingEncryption Encryption { get; set; }

    /// <summary>The key for <see cref="StagingEncryption.Kms"/>; empty for the account's own.</summary>
    public string KmsKeyId { get; set; } = "";

    /// <summary>Batches from this size on are staged, in bytes as they travel; default 1 MB. A COPY costs about as much as an INSERT of this size.</summary>
    public long FromBytes { get; set; } = 1024 * 1024;

    /// <summary>A file's size before it is compressed, in bytes; default 8 MB. The files of a batch are loaded side by side.</summary>
    public int FileBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How many batches of this process are being staged at the same time; default 4. Each holds two files in memory.</summary>
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>The age at which files that a crash left behind are deleted; default 1 day, which no COPY outlives.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);
}
