using Coordinator.Warehouse.Redshift.Credentials;

namespace Coordinator.Tests.Warehouses.Redshift.Credentials;

public sealed class AwsHostTests
{
    [Theory]
    [InlineData("main.abc123xyz.eu-west-1.redshift.amazonaws.com", "main", "", "eu-west-1")]
    [InlineData("Main.abc123xyz.cn-north-1.redshift.amazonaws.com.cn", "Main", "", "cn-north-1")]
    [InlineData("analytics.123456789012.us-east-1.redshift-serverless.amazonaws.com", "", "analytics", "us-east-1")]
    [InlineData("redshift.eu-west-1.amazonaws.com", "", "", "")]
    [InlineData("main.abc.eu-west-1.redshift.amazonaws.com.example.com", "", "", "")]
    [InlineData("localhost", "", "", "")]
    [InlineData(null, "", "", "")]
    public void A_host_name_of_AWS_has_the_cluster_or_the_workgroup_and_the_region(string? host, string cluster, string workgroup, string region) =>
        Assert.Equal(new AwsHost(cluster, workgroup, region), AwsHost.Of(host));
}
