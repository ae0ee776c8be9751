using Coordinator.RedshiftSimulator.Storage;
using Coordinator.Warehouse.Redshift;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Settings that stage every batch in an S3 stand-in.</summary>
internal static class Staged
{
    public const string Bucket = "staging";

    public static void Configure(RedshiftWarehouseOptions options, ObjectStore store)
    {
        var staging = options.Staging;
        (staging.Bucket, staging.Endpoint, staging.FromBytes) = (Bucket, store.Url, 0);
        (staging.AccessKeyId, staging.SecretAccessKey) = ("AKIDEXAMPLE", "secret/of+nobody");
    }
}
