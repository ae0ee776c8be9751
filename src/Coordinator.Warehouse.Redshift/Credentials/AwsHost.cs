using System.Text.RegularExpressions;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>What AWS's host names of Redshift say. All parts are empty for another name.</summary>
/// <param name="ClusterId">The provisioned cluster.</param>
/// <param name="Workgroup">The Serverless workgroup.</param>
/// <param name="Region">The region.</param>
internal sealed partial record AwsHost(string ClusterId, string Workgroup, string Region)
{
    public static AwsHost Of(string? host)
    {
        if (Name().Match(host ?? "") is not { Success: true } name) return new AwsHost("", "", "");
        var (first, region) = (name.Groups["first"].Value, name.Groups["region"].Value);
        return name.Groups["serverless"].Success ? new AwsHost("", first, region) : new AwsHost(first, "", region);
    }

    [GeneratedRegex(
        @"^(?<first>[a-z0-9-]+)\.[a-z0-9-]+\.(?<region>[a-z0-9-]+)\.redshift(?<serverless>-serverless)?\.amazonaws\.com(\.cn)?\z",
        RegexOptions.IgnoreCase)]
    private static partial Regex Name();
}
