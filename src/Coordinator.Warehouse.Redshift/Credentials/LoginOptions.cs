namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>How AWS is asked for logins. Section <c>Coordinator:Warehouse:Redshift:Login</c>. Used with the credentials <c>Iam</c> and
/// <c>SecretsManager</c>.</summary>
public sealed class LoginOptions
{
    internal const string Section = "Coordinator:Warehouse:Redshift:Login";

    /// <summary>The identifier of the provisioned cluster, for <c>Iam</c>. Empty: taken from a host name such as
    /// <c>cluster.abc.eu-west-1.redshift.amazonaws.com</c>.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>The Serverless workgroup, for <c>Iam</c>. Empty: taken from a host name such as
    /// <c>workgroup.123456789012.eu-west-1.redshift-serverless.amazonaws.com</c>.</summary>
    public string Workgroup { get; set; } = "";

    /// <summary>The name or the ARN of the secret, for <c>SecretsManager</c>. Its JSON has <c>username</c> and <c>password</c>; <c>host</c>,
    /// <c>port</c> and <c>dbname</c> are used where the connection string has none.</summary>
    public string SecretId { get; set; } = "";

    /// <summary>The region, such as <c>eu-west-1</c>. Empty: taken from the secret's ARN, the host name or the environment.</summary>
    public string Region { get; set; } = "";

    /// <summary>Another endpoint of the AWS service that is asked, such as a VPC endpoint; empty for the region's default.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>An access key for the silo; empty: from the environment, the profile or the machine's role.</summary>
    public string AccessKeyId { get; set; } = "";

    /// <summary>Its secret.</summary>
    public string SecretAccessKey { get; set; } = "";
}
