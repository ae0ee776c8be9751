namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>Server-side encryption of staged files. COPY needs no option for any of them.</summary>
public enum StagingEncryption
{
    /// <summary>The bucket's default.</summary>
    Bucket,

    /// <summary>With keys managed by S3 (SSE-S3).</summary>
    S3,

    /// <summary>With a key of KMS (SSE-KMS).</summary>
    Kms,
}
