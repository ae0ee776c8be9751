using Coordinator.Warehouse.Redshift;
using Coordinator.Warehouse.Redshift.Credentials;
using Npgsql;

namespace Coordinator.Tests.Warehouses.Redshift.Credentials;

/// <summary>What each kind of credentials needs, and what contradicts it.</summary>
public sealed class LoginOptionsTests
{
    private const string Cluster = "Host=main.abc.eu-west-1.redshift.amazonaws.com";
    private const string Workgroup = "Host=analytics.123456789012.eu-west-1.redshift-serverless.amazonaws.com";

    [Theory]
    [InlineData(null, "Host=db;Password=p")]
    [InlineData(CredentialKind.Static, "Host=db;Password=p")]
    [InlineData(CredentialKind.Iam, Cluster)]
    [InlineData(CredentialKind.Iam, Cluster + ";Username=loader")]
    [InlineData(CredentialKind.Iam, Workgroup)]
    [InlineData(CredentialKind.SecretsManager, "", "secret")]
    [InlineData(CredentialKind.SecretsManager, "Host=db", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:redshift!main-admin-a1b2c3")]
    public void The_defaults_need_no_more_settings(CredentialKind? kind, string connection, string secret = "") =>
        Assert.Empty(Mistakes(kind, connection, secret: secret));

    [Theory]
    [InlineData("expected Coordinator:Warehouse:PasswordFile with it", CredentialKind.File, "Host=db")]
    [InlineData("and Coordinator:Warehouse:PasswordFile is given too", CredentialKind.Static, "Host=db", "/file")]
    [InlineData("and Coordinator:Warehouse:PasswordFile is given too", CredentialKind.Iam, Cluster, "/file")]
    [InlineData("has a Password or Passfile too", CredentialKind.Iam, Cluster + ";Password=hush")]
    [InlineData("SSL Mode is Disable", CredentialKind.Iam, Cluster + ";SSL Mode=Disable")]
    [InlineData("expected Login:ClusterId or Login:Workgroup with it", CredentialKind.Iam, "Host=db")]
    [InlineData("Redshift Serverless gives the user name", CredentialKind.Iam, Workgroup + ";Username=loader")]
    [InlineData("the secret gives the user name", CredentialKind.SecretsManager, "Host=db;Username=loader", "", "secret")]
    [InlineData("expected Login:SecretId with it", CredentialKind.SecretsManager, "Host=db")]
    public void What_contradicts_the_kind_is_named(string expected, CredentialKind kind, string connection, string file = "", string secret = "")
    {
        var mistake = Assert.Single(Mistakes(kind, connection, file, secret));
        Assert.StartsWith($"Coordinator:Warehouse:Redshift:Credentials is '{kind}'", mistake, StringComparison.Ordinal);
        Assert.Contains(expected, mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_and_a_workgroup_exclude_each_other()
    {
        var options = new RedshiftWarehouseOptions { ConnectionString = "Host=db", Credentials = CredentialKind.Iam };
        (options.Login.ClusterId, options.Login.Workgroup) = ("main", "analytics");
        Assert.Contains("Login:Workgroup too", Assert.Single(new RedshiftOptionsValidator().Mistakes(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_an_access_key_is_a_mistake()
    {
        var options = new RedshiftWarehouseOptions { ConnectionString = "Host=db" };
        options.Login.AccessKeyId = "AKID";
        Assert.Contains("go together", Assert.Single(new RedshiftOptionsValidator().Mistakes(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_s_server_is_used_where_the_connection_string_has_none()
    {
        var login = new Login("loader", "p") { Host = "main.abc.eu-west-1.redshift.amazonaws.com", Port = 5440, Database = "theirs" };
        var all = RedshiftConnection.Of("", login);
        Assert.Equal(("loader", login.Host, 5440, "theirs", SslMode.VerifyFull), (all.Username, all.Host, all.Port, all.Database, all.SslMode));
        var some = RedshiftConnection.Of("Host=localhost;Port=5441;Database=ours", login);
        Assert.Equal(("localhost", 5441, "ours"), (some.Host, some.Port, some.Database));
        Assert.Equal(5439, RedshiftConnection.Of("", new Login("loader", "p") { Host = "h" }).Port);
    }

    private static IReadOnlyList<string> Mistakes(CredentialKind? kind, string connection, string file = "", string secret = "")
    {
        var options = new RedshiftWarehouseOptions { ConnectionString = connection, Credentials = kind, PasswordFile = file };
        options.Login.SecretId = secret;
        return new RedshiftOptionsValidator().Mistakes(options);
    }
}
