namespace Coordinator.Warehouse.Redshift.Redshift.Staging;

/// <summary>Server-side encryption of staged files. COPY needs to know of none of them.</summary>
public enum StagingEncryption
{
    /// <summary>As the bucket says.</summary>
    Bucket,

    /// <summary>With keys of S3's own (SSE-S3).</summary>
    S3,

    /// <summary>With a key of KMS (SSE-KMS).</summary>
    Kms,
}
