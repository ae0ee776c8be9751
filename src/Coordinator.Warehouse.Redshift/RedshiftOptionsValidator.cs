using Coordinator.Settings;
using Coordinator.Warehouse.Redshift.Credentials;
using Coordinator.Warehouse.Redshift.Staging;
using Npgsql;

namespace Coordinator.Warehouse.Redshift;

/// <summary>The rules of Redshift's settings. The connection string holds the password and is in no message.</summary>
public sealed class RedshiftOptionsValidator() : SettingsValidator<RedshiftWarehouseOptions>(RedshiftWarehouseOptions.Section)
{
    private const string ConnectionKey = "Coordinator:Warehouse:ConnectionString";
    private const string Example =
        "expected such as Host=cluster.abc.eu-west-1.redshift.amazonaws.com;Port=5439;Database=warehouse;Username=coordinator";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override void Check(RedshiftWarehouseOptions options, SettingRules rules)
    {
        if (Read(options.ConnectionString) is not { } connection) rules.Add(ConnectionKey, $"cannot be read; {Example}");
        else CheckConnection(connection, options, rules);
        rules.Text(options.ApplicationName, 200, "coordinator/silo-1");
        rules.Range(options.MaxConnections, 1, 500);
        rules.Range(options.MaxConcurrentCommits, 1, 50);
        rules.Range(options.CommandTimeout, Second, Day);
        rules.Range(options.FenceTimeout, TimeSpan.FromMilliseconds(1), Day);
        var isShorter = options.FenceTimeout < options.CommandTimeout;
        rules.Require(isShorter, options.FenceTimeout, $"less than CommandTimeout ({options.CommandTimeout}), which would end the wait first");
        rules.Range(options.FrozenAfter, Second, Day);
        rules.Range(options.OutcomeTimeout, Second, Day);
        rules.AddBelow(StagingOptionsCheck.Mistakes(options.Staging));
    }

    private static void CheckConnection(NpgsqlConnectionStringBuilder connection, RedshiftWarehouseOptions options, SettingRules rules)
    {
        // A secret names the host.
        if (connection.Host is null && options.CredentialsInUse != CredentialKind.SecretsManager)
            rules.Add(ConnectionKey, $"names no Host; {Example}");
        rules.AddBelow(LoginOptionsCheck.Mistakes(options.Credentials, options.Login, options.PasswordFile, connection));
    }

    private static NpgsqlConnectionStringBuilder? Read(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
