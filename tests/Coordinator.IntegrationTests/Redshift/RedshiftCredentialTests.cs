using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Aws;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: every kind of credentials, over TLS, with passwords that expire or are rotated.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftCredentialTests(PostgresFixture fixture, ITestOutputHelper output) : RedshiftTestBase(fixture), IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();
    private AwsLogins _logins = null!;

    private static readonly string AsRole = $"IAMR:{AwsEndpoint.Role}";

    public static TheoryData<string, string, string?, string> TemporaryLogins => new()
    {
        { "a user of a cluster", "loader", "main", "redshift:GetClusterCredentials main loader" },
        { "the role on a cluster", "", "main", "redshift:GetClusterCredentialsWithIAM main" },
        { "the role on a workgroup", "", null, "redshift-serverless:GetCredentials analytics" },
    };

    public async Task InitializeAsync() => _logins = await AwsLogins.StartAsync(configure => StartAsync(IsolationLevel.Snapshot, configure));

    public async Task DisposeAsync()
    {
        await _logins.DisposeAsync();
        File.Delete(_file);
    }

    [Theory]
    [MemberData(nameof(TemporaryLogins))]
    public async Task IAM_gives_one_login_for_many_sessions(string name, string user, string? cluster, string asked)
    {
        await using var services = Iam(user, cluster);
        await InsertAsync(services, 1, 3);
        await InsertAsync(services, 4, 3);
        Assert.Equal(6L, await _logins.Redshift.AskBehindAsync("SELECT count(*) FROM events"));
        Assert.StartsWith(asked, Assert.Single(_logins.Aws.Log), StringComparison.Ordinal);
        Assert.Equal([user.Length > 0 ? $"IAM:{user}" : AsRole], _logins.Users.Distinct());
        output.WriteLine($"{name}: {_logins.Users.Count} logins");
    }

    [Fact]
    public async Task A_secret_gives_the_user_and_the_server()
    {
        _logins.SetPassword("loader", "first");
        _logins.SetSecret("loader", "first");
        var connection = _logins.Connection();
        foreach (var key in new[] { "Host", "Port", "Database" }) connection.Remove(key);
        await using var services = _logins.Services(CredentialKind.SecretsManager, connection);
        await InsertAsync(services, 1, 3);
        Assert.Equal($"secretsmanager:GetSecretValue {AwsLogins.Secret}", Assert.Single(_logins.Aws.Log));
        Assert.Equal(["loader"], _logins.Users.Distinct());
    }

    [Fact]
    public async Task The_connection_string_and_a_file_give_passwords_over_TLS()
    {
        _logins.SetPassword("loader", "first");
        var connection = _logins.Connection("loader");
        await File.WriteAllTextAsync(_file, "first\n");
        await using (var services = _logins.Services(null, connection, options => options.PasswordFile = _file)) await InsertAsync(services, 1, 1);
        connection.Password = "first";
        await using (var services = _logins.Services(null, connection)) await InsertAsync(services, 2, 1);
        Assert.Empty(_logins.Aws.Log);
    }

    [Fact]
    public async Task Passwords_that_expire_all_the_time_fail_no_insert()
    {
        _logins.Aws.PasswordLife = TimeSpan.FromSeconds(3);
        await _logins.Redshift.RunBehindAsync("CREATE TABLE others (id bigint NOT NULL, name varchar(40))");
        await using var services = Iam("", "main");
        var warehouse = services.GetRequiredService<IWarehouse>();
        var writer = new BatchWriter();
        string[] tables = ["events", "others"];
        // Each transaction logs in.
        var written = await Task.WhenAll(
            tables.Select((table, i) => writer.WriteAsync(warehouse, TableName.Parse(table), i, () => _logins.Aws.Log.Count < 5)));
        for (var i = 0; i < tables.Length; i++)
            Assert.Equal(written[i], await _logins.Redshift.AskBehindAsync($"SELECT count(DISTINCT id) FROM {tables[i]}"));
        output.WriteLine(
            $"{_logins.Aws.Log.Count} passwords, {_logins.Users.Count} logins, {written.Sum()} intents, {writer.Retries} tries again: 0 failed");
    }

    [Fact]
    public async Task A_secret_is_rotated_without_a_restart()
    {
        _logins.SetPassword("loader", "first");
        _logins.SetSecret("loader", "first");
        await using var services = _logins.Services(CredentialKind.SecretsManager, _logins.Connection());
        await InsertAsync(services, 1, 1);

        // A rotation changes the database first, and the secret after it.
        _logins.SetPassword("loader", "second");
        var failure = await AwsLogins.RefusalAsync(services);
        Assert.Contains($"The password came from Secrets Manager, secret {AwsLogins.Secret}.", failure.Message, StringComparison.Ordinal);
        _logins.SetSecret("loader", "second");
        await InsertAsync(services, 2, 1);

        _logins.SetPassword("loader", "third");
        _logins.SetSecret("loader", "third");
        await InsertAsync(services, 3, 1);
        Assert.Equal(3L, await _logins.Redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rotation_may_alternate_between_two_users(bool isPooled)
    {
        _logins.SetPassword("loader", "first");
        _logins.SetSecret("loader", "first");
        await using var services = _logins.Services(CredentialKind.SecretsManager, _logins.Connection(isPooled: isPooled));
        await InsertAsync(services, 1, 1);
        _logins.SetPassword("loader_clone", "second");
        _logins.SetSecret("loader_clone", "second");
        _logins.Aws.Passwords.Clear("loader");
        // A pool has sessions of the former user, which go on. A session of updates is always new.
        await services.GetRequiredService<IWarehouse>().FindTablesAsync("SELECT 1 FROM events", default);
        await InsertAsync(services, 2, 1);
        Assert.Equal("loader_clone", _logins.Users.Last());
        Assert.Equal(2L, await _logins.Redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Sessions_and_valid_passwords_outlive_an_outage_of_AWS()
    {
        await using var services = Iam("", "main");
        await InsertAsync(services, 1, 1);
        await _logins.Aws.DisposeAsync();
        await InsertAsync(services, 2, 1);
        Assert.Equal(2L, await _logins.Redshift.AskBehindAsync("SELECT count(*) FROM events"));
    }

    private ServiceProvider Iam(string user, string? cluster) =>
        _logins.Services(CredentialKind.Iam, _logins.Connection(user.Length > 0 ? user : null), options =>
        {
            if (cluster is not null) options.Login.ClusterId = cluster;
            else options.Login.Workgroup = "analytics";
        });

    private static async Task InsertAsync(ServiceProvider services, long first, int count)
    {
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(Events, default);
        await warehouse.CommitAsync(Batch(schema, first, count), default);
    }
}
