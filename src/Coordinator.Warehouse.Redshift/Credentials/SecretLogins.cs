using System.Text.Json;
using Coordinator.Core.Warehouses;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Logins from a secret in AWS Secrets Manager.</summary>
/// <remarks>https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html</remarks>
/// <param name="options">The settings, without mistakes.</param>
/// <param name="given">The connection string.</param>
/// <param name="time">The clock.</param>
internal sealed class SecretLogins(LoginOptions options, NpgsqlConnectionStringBuilder given, TimeProvider time) : ILoginSource
{
    private readonly AwsCaller _aws = new("secretsmanager", options, Region(options, given), time);

    public string Name => $"Secrets Manager, secret {options.SecretId}";

    public async Task<Login> FetchAsync(CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new Dictionary<string, string> { ["SecretId"] = options.SecretId });
        var answer = await _aws.AskAsync(
            "GetSecretValue", $"secret {options.SecretId}", "application/x-amz-json-1.1", "secretsmanager.GetSecretValue", body, cancellationToken)
                .ConfigureAwait(false);
        if (SecretText.Read(answer) is not { } login) throw Missing("login for Redshift; expected JSON with username and password");
        if (login.Host.Length == 0 && given.Host is null) throw Missing("host, and the connection string names no Host either");
        return login;
    }

    private WarehouseException Missing(string what) =>
        new(FailureKind.Unavailable, $"Secret {options.SecretId} has no {what}.") { Cause = FailureCause.Connection };

    public void Dispose() => _aws.Dispose();

    /// <summary>An ARN is <c>arn:aws:secretsmanager:eu-west-1:123456789012:secret:name</c>.</summary>
    private static string Region(LoginOptions options, NpgsqlConnectionStringBuilder given)
    {
        if (options.Region.Length > 0) return options.Region;
        return options.SecretId.Split(':') is ["arn", _, _, { Length: > 0 } region, ..] ? region : AwsHost.Of(given.Host).Region;
    }
}
