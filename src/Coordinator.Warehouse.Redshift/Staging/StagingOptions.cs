namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>Where large batches are staged as files for COPY. Section <c>Coordinator:Warehouse:Redshift:Staging</c>. Without a bucket all rows
/// are sent with multi-row INSERTs.</summary>
public sealed class StagingOptions
{
    internal const string Section = "Coordinator:Warehouse:Redshift:Staging";

    /// <summary>The bucket; empty, the default, for no staging.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>The prefix of all keys, without the slash after it. Only the coordinator may use it: everything older than
    /// <see cref="Retention"/> is deleted.</summary>
    public string Prefix { get; set; } = "coordinator";

    /// <summary>The bucket's region, such as <c>eu-west-1</c>. Empty: taken from the environment, and the same as the cluster's.</summary>
    public string Region { get; set; } = "";

    /// <summary>Another endpoint of S3, such as a VPC endpoint; empty for the region's default.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The role with which Redshift reads the files: an ARN, several joined by commas, or <c>default</c>. Empty: the COPY contains the
    /// silo's own credentials.</summary>
    public string IamRole { get; set; } = "";

    /// <summary>An access key for the silo; empty: from the environment, the profile or the machine's role.</summary>
    public string AccessKeyId { get; set; } = "";

    /// <summary>Its secret.</summary>
    public string SecretAccessKey { get; set; } = "";

    /// <summary>The encryption of the files in S3; by default the bucket's.</summary>
    public StagingEncryption Encryption { get; set; }

    /// <summary>The key for <see cref="StagingEncryption.Kms"/>; empty for the account's default.</summary>
    public string KmsKeyId { get; set; } = "";

    /// <summary>Batches of at least this wire size in bytes are staged; default 1 MB. A COPY costs about as much as an INSERT of this
    /// size.</summary>
    public long FromBytes { get; set; } = 1024 * 1024;

    /// <summary>The size of a file before compression, in bytes; default 8 MB. The files of a batch are loaded in parallel.</summary>
    public int FileBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How many batches of this process are staged at the same time; default 4. Each holds two files in memory.</summary>
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>The age at which files left by a crash are deleted; default 1 day, which is longer than any COPY.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);
}
