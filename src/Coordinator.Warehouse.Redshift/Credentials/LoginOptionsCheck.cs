using System.Text.RegularExpressions;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Finds mistakes in the choice of the credentials and in what it needs.</summary>
internal static partial class LoginOptionsCheck
{
    private const string File = "Coordinator:Warehouse:PasswordFile";

    /// <summary>The mistakes, with keys below <c>Coordinator:Warehouse:Redshift</c>.</summary>
    /// <param name="credentials">The setting; null for the default.</param>
    /// <param name="options">How AWS is asked.</param>
    /// <param name="passwordFile">The setting, empty for none.</param>
    /// <param name="given">The connection string.</param>
    public static IEnumerable<string> Mistakes(
        CredentialKind? credentials, LoginOptions options, string passwordFile, NpgsqlConnectionStringBuilder given) =>
        [.. OfKind(credentials, options, passwordFile, given), .. OfValues(options)];

    private static IEnumerable<string> OfKind(
        CredentialKind? credentials, LoginOptions options, string passwordFile, NpgsqlConnectionStringBuilder given)
    {
        if (credentials is null) yield break;
        if (!Enum.IsDefined(credentials.Value))
            yield return $"Credentials is '{credentials}'; expected {string.Join(", ", Enum.GetNames<CredentialKind>())}.";
        if (credentials == CredentialKind.File && passwordFile.Length == 0) yield return $"Credentials is 'File'; expected {File} with it.";
        if (credentials != CredentialKind.File && passwordFile.Length > 0)
            yield return $"Credentials is '{credentials}', and {File} is given too; expected one of them.";
        if (credentials is not (CredentialKind.Iam or CredentialKind.SecretsManager)) yield break;
        if (given.Password is not null || given.Passfile is not null)
            yield return $"Credentials is '{credentials}', and the connection string has a Password or Passfile too; expected one of them.";
        // Redshift refuses a temporary password without TLS, as if it was wrong.
        if (credentials == CredentialKind.Iam && given.SslMode is SslMode.Disable or SslMode.Allow)
            yield return $"Credentials is 'Iam', and SSL Mode is {given.SslMode}; expected a mode with TLS, such as VerifyFull.";
        var host = AwsHost.Of(given.Host);
        var (hasCluster, hasWorkgroup) = (options.ClusterId.Length > 0, options.Workgroup.Length > 0);
        if (credentials == CredentialKind.Iam && hasCluster && hasWorkgroup)
            yield return "Login:ClusterId is given, and Login:Workgroup too; expected one of them.";
        if (credentials == CredentialKind.Iam && !hasCluster && !hasWorkgroup && host.Region.Length == 0)
            yield return "Credentials is 'Iam', and Host is not a name that AWS gave; expected Login:ClusterId or Login:Workgroup with it.";
        if (credentials == CredentialKind.SecretsManager && options.SecretId.Length == 0)
            yield return "Credentials is 'SecretsManager'; expected Login:SecretId with it.";
        if (!string.IsNullOrEmpty(given.Username) && TakesUserOf(credentials.Value, options, host) is { } source)
            yield return $"Credentials is '{credentials}', and {source} gives the user name; expected no Username in the connection string.";
    }

    private static string? TakesUserOf(CredentialKind credentials, LoginOptions options, AwsHost host)
    {
        if (credentials == CredentialKind.SecretsManager) return "the secret";
        return options.Workgroup.Length > 0 || (options.ClusterId.Length == 0 && host.Workgroup.Length > 0) ? "Redshift Serverless" : null;
    }

    private static IEnumerable<string> OfValues(LoginOptions options)
    {
        if (options.ClusterId.Length > 0 && !Name().IsMatch(options.ClusterId))
            yield return $"Login:ClusterId is '{options.ClusterId}'; expected a cluster's identifier, such as my-cluster.";
        if (options.Workgroup.Length > 0 && !Name().IsMatch(options.Workgroup))
            yield return $"Login:Workgroup is '{options.Workgroup}'; expected a workgroup's name, such as my-workgroup.";
        if (options.SecretId.Length > 0 && !Secret().IsMatch(options.SecretId))
            yield return $"Login:SecretId is '{options.SecretId}'; expected a secret's name or ARN, such as warehouse/loader.";
        if (options.Region.Length > 0 && !Name().IsMatch(options.Region))
            yield return $"Login:Region is '{options.Region}'; expected such as eu-west-1.";
        if (options.Endpoint.Length > 0 && !(Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            yield return $"Login:Endpoint is '{options.Endpoint}'; expected a URL.";
        if (options.AccessKeyId.Length > 0 != options.SecretAccessKey.Length > 0)
            yield return "Login:AccessKeyId and Login:SecretAccessKey go together; one is empty.";
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex Name();

    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html, and the colons of an ARN. Redshift's own secrets
    // begin with redshift!.
    [GeneratedRegex(@"^[A-Za-z0-9/_+=.@:!-]{1,2048}\z")]
    private static partial Regex Secret();
}
