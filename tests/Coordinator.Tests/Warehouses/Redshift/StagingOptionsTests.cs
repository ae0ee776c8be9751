using Coordinator.Warehouse.Redshift.Staging;

namespace Coordinator.Tests.Warehouses.Redshift;

/// <summary>Settings that would end up in a statement, or could never work, are refused at the start.</summary>
public sealed class StagingOptionsTests
{
    private static readonly Action<StagingOptions>[] Mistakes =
    [
        static o => o.Bucket = "It's mine",
        static o => o.Prefix = "/coordinator/",
        static o => o.Prefix = "a'b",
        static o => o.Prefix = new string('p', 101),
        static o => o.Region = "Ireland!",
        static o => o.Endpoint = "somewhere",
        static o => o.IamRole = "arn:aws:iam::123456789012:role/x' MAXERROR 100 '",
        static o => o.AccessKeyId = "AKID",
        static o => o.KmsKeyId = "key",
        static o => o.FromBytes = -1,
        static o => o.FileBytes = 1,
        static o => o.MaxConcurrent = 0,
        static o => o.Retention = TimeSpan.Zero,
    ];

    [Fact]
    public void Each_mistake_is_reported_with_what_would_be_right() => Assert.All(Mistakes, static mistake =>
    {
        var options = new StagingOptions { Bucket = "my-bucket" };
        Assert.Empty(StagingOptionsCheck.Mistakes(options));
        mistake(options);
        var told = Assert.Single(StagingOptionsCheck.Mistakes(options));
        Assert.StartsWith("Staging:", told, StringComparison.Ordinal);
        Assert.Matches("expected|go together", told);
    });

    [Theory]
    [InlineData("default")]
    [InlineData("arn:aws:iam::123456789012:role/redshift-copy")]
    [InlineData("arn:aws-cn:iam::123456789012:role/path/a,arn:aws-cn:iam::210987654321:role/b")]
    public void Roles_may_be_the_default_one_or_chained(string role) =>
        Assert.Empty(StagingOptionsCheck.Mistakes(new StagingOptions { Bucket = "my-bucket", IamRole = role }));
}
