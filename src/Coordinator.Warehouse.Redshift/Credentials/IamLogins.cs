using System.Text.Json;
using System.Xml;
using Coordinator.Core.Warehouses;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Credentials;

/// <summary>Temporary logins for the silo's IAM identity, which are valid for 15 minutes.</summary>
/// <remarks>
/// <para>A provisioned cluster with a user name in the connection string: GetClusterCredentials for that database user. Without one:
/// GetClusterCredentialsWithIAM, for the user that belongs to the IAM identity. A Serverless workgroup: GetCredentials, which does the
/// latter.</para>
/// <para>https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentials.html,
/// https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentialsWithIAM.html,
/// https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_GetCredentials.html</para>
/// </remarks>
internal sealed class IamLogins : ILoginSource
{
    private const string Provisioned = "redshift";
    private const string Serverless = "redshift-serverless";

    private readonly TimeProvider _time;
    private readonly AwsCaller _aws;
    private readonly string _service;
    private readonly string _action;
    private readonly string _subject;
    private readonly Dictionary<string, string?> _parameters;

    /// <param name="options">The settings, without mistakes.</param>
    /// <param name="given">The connection string.</param>
    /// <param name="time">The clock.</param>
    public IamLogins(LoginOptions options, NpgsqlConnectionStringBuilder given, TimeProvider time)
    {
        _time = time;
        var host = AwsHost.Of(given.Host);
        var workgroup = options.Workgroup.Length > 0 ? options.Workgroup : options.ClusterId.Length > 0 ? "" : host.Workgroup;
        _service = workgroup.Length > 0 ? Serverless : Provisioned;
        if (_service == Serverless)
        {
            (_action, _subject) = ("GetCredentials", $"workgroup {workgroup}");
            _parameters = new() { ["workgroupName"] = workgroup, ["dbName"] = given.Database };
        }
        else
        {
            var cluster = options.ClusterId.Length > 0 ? options.ClusterId : host.ClusterId;
            var hasUser = !string.IsNullOrEmpty(given.Username);
            _action = hasUser ? "GetClusterCredentials" : "GetClusterCredentialsWithIAM";
            _subject = hasUser ? $"user {given.Username} of cluster {cluster}" : $"cluster {cluster}";
            _parameters = new()
            {
                ["Action"] = _action,
                ["Version"] = "2012-12-01",
                ["ClusterIdentifier"] = cluster,
                ["DbUser"] = given.Username,
                ["DbName"] = given.Database,
            };
        }

        _aws = new AwsCaller(_service, options, options.Region.Length > 0 ? options.Region : host.Region, time);
    }

    public string Name => $"IAM, {_service}:{_action} for {_subject}";

    public async Task<Login> FetchAsync(CancellationToken cancellationToken)
    {
        var given = _parameters.Where(static parameter => !string.IsNullOrEmpty(parameter.Value)).ToDictionary();
        var answer = _service == Serverless
            ? await _aws.AskAsync(_action, _subject, "application/x-amz-json-1.1", "RedshiftServerless.GetCredentials",
                JsonSerializer.Serialize(given), cancellationToken).ConfigureAwait(false)
            : await _aws.AskAsync(_action, _subject, "application/x-www-form-urlencoded; charset=utf-8", null,
                string.Join('&', given.Select(static p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}")), cancellationToken).ConfigureAwait(false);
        return Read(answer) ?? throw new WarehouseException(
            FailureKind.Unavailable, $"AWS gave no login for Redshift: the answer of {_service}:{_action} for {_subject} has none.")
        { Cause = FailureCause.Connection };
    }

    public void Dispose() => _aws.Dispose();

    private Login? Read(string answer)
    {
        try
        {
            return _service == Serverless ? IamAnswer.OfJson(answer, _time.GetUtcNow()) : IamAnswer.OfXml(answer, _time.GetUtcNow());
        }
        catch (Exception e) when (e is JsonException or XmlException)
        {
            return null;
        }
    }
}
