namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Where the user name and the password of logins come from.</summary>
public enum CredentialKind
{
    /// <summary>Both from the connection string.</summary>
    Static,

    /// <summary>The password from a file, which is read for each login.</summary>
    File,

    /// <summary>Temporary passwords for the silo's IAM identity: of a provisioned cluster or of a Serverless workgroup.</summary>
    Iam,

    /// <summary>Both from a secret in AWS Secrets Manager.</summary>
    SecretsManager,
}
