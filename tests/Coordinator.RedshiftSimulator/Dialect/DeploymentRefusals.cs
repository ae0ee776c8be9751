using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>System views that a deployment does not let anyone read.</summary>
/// <remarks>Serverless: mage-ai#2754, OpenMetadata#22105. Multi-AZ: datahub#11922, which quotes
/// https://docs.aws.amazon.com/redshift/latest/mgmt/overview-multi-az.html.</remarks>
internal static class DeploymentRefusals
{
    private static readonly string[] OfClusters = ["STV_", "STL_", "SVL_", "SVCS_"];
    private static readonly string[] OfOneZone = [.. OfClusters, "SVV_"];

    /// <summary>Why a statement is refused, or null.</summary>
    public static SqlError? Of(Statement statement, RedshiftDeployment deployment)
    {
        var prefixes = deployment switch
        {
            RedshiftDeployment.Serverless => OfClusters,
            RedshiftDeployment.MultiAz => OfOneZone,
            _ => [],
        };
        var refused = statement.Tokens.FirstOrDefault(token =>
            token.Kind == TokenKind.Word && Array.Exists(prefixes, prefix => token.Text.StartsWith(prefix, StringComparison.Ordinal)));
        return refused.Text is { } view ? new SqlError("42501", $"permission denied for relation {view.ToLowerInvariant()}") : null;
    }
}
