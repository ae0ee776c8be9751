using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Aws;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: what the answer says when a login is refused, when AWS gives none, and when the certificate is not accepted.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftLoginRefusalTests(PostgresFixture fixture) : RedshiftTestBase(fixture), IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();
    private AwsLogins _logins = null!;

    public async Task InitializeAsync() => _logins = await AwsLogins.StartAsync(configure => StartAsync(IsolationLevel.Snapshot, configure));

    public async Task DisposeAsync()
    {
        await _logins.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task A_refused_login_says_where_the_password_came_from_and_not_what_it_was()
    {
        _logins.SetPassword("loader", "right");
        _logins.SetSecret("loader", "hush");
        await File.WriteAllTextAsync(_file, "hush\n");
        var given = _logins.Connection("loader");
        given.Password = "hush";
        // The database forgets the temporary password at once.
        _logins.Aws.PasswordLife = TimeSpan.Zero;
        var expected = new Dictionary<string, ServiceProvider>
        {
            ["the connection string"] = _logins.Services(CredentialKind.Static, given),
            [$"the file {_file}"] = _logins.Services(CredentialKind.File, _logins.Connection("loader"), options => options.PasswordFile = _file),
            ["IAM, redshift:GetClusterCredentials for user loader of cluster main"] =
                _logins.Services(CredentialKind.Iam, _logins.Connection("loader"), static options => options.Login.ClusterId = "main"),
            [$"Secrets Manager, secret {AwsLogins.Secret}"] = _logins.Services(CredentialKind.SecretsManager, _logins.Connection()),
        };
        foreach (var (origin, services) in expected)
        {
            await using (services)
            {
                var failure = await AwsLogins.RefusalAsync(services);
                Assert.Matches("^Redshift refused the login: password authentication failed for user \".+\" \\(SQLSTATE 28000\\)", failure.Message);
                Assert.EndsWith($" The password came from {origin}.", failure.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("hush", failure.ToString(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("loader", "main", "redshift:GetClusterCredentials")]
    [InlineData(null, "main", "redshift:GetClusterCredentialsWithIAM")]
    [InlineData(null, null, "redshift-serverless:GetCredentials")]
    [InlineData(null, "", "secretsmanager:GetSecretValue")]
    public async Task A_missing_right_at_AWS_is_named_until_it_is_given(string? user, string? cluster, string action)
    {
        _logins.SetPassword("loader", "first");
        _logins.SetSecret("loader", "first");
        _logins.Aws.Denied[action] = true;
        var kind = cluster == "" ? CredentialKind.SecretsManager : CredentialKind.Iam;
        await using var services = _logins.Services(kind, _logins.Connection(user), options =>
        {
            if (cluster is null) options.Login.Workgroup = "analytics";
            else options.Login.ClusterId = cluster;
        });
        var failure = await AwsLogins.RefusalAsync(services);
        Assert.StartsWith($"AWS gave no login for Redshift: {action} for ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AccessDenied", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"A policy of the silo's IAM identity must allow {action}", failure.Message, StringComparison.Ordinal);

        _logins.Aws.Denied.Clear();
        await services.GetRequiredService<IWarehouse>().CheckAsync(default);
    }

    [Fact]
    public async Task A_wrong_access_key_and_a_missing_secret_are_said_in_AWS_s_words()
    {
        await using var wrongKey = _logins.Services(
            CredentialKind.SecretsManager, _logins.Connection(), static options => options.Login.SecretAccessKey = AwsEndpoint.SecretAccessKey + "x");
        Assert.Contains("SignatureDoesNotMatch", (await AwsLogins.RefusalAsync(wrongKey)).Message, StringComparison.Ordinal);
        await using var services = _logins.Services(CredentialKind.SecretsManager, _logins.Connection());
        Assert.Contains("ResourceNotFoundException", (await AwsLogins.RefusalAsync(services)).Message, StringComparison.Ordinal);
        _logins.Aws.Secrets[AwsLogins.Secret] = "hush";
        var failure = await AwsLogins.RefusalAsync(services);
        Assert.Equal($"Secret {AwsLogins.Secret} has no login for Redshift; expected JSON with username and password.", failure.Message);
    }

    [Fact]
    public async Task An_AWS_that_does_not_answer_is_said()
    {
        await using var services = _logins.Services(CredentialKind.SecretsManager, _logins.Connection());
        await _logins.Aws.DisposeAsync();
        var failure = await AwsLogins.RefusalAsync(services);
        Assert.StartsWith(
            $"AWS gave no login for Redshift: secretsmanager:GetSecretValue for secret {AwsLogins.Secret} failed:", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused_until_its_file_is_named()
    {
        _logins.SetPassword("loader", "first");
        var connection = _logins.Connection("loader");
        connection.Password = "first";
        connection.Remove("Root Certificate");
        await using (var services = _logins.Services(null, connection))
        {
            var failure = await AwsLogins.RefusalAsync(services);
            Assert.StartsWith("Redshift's certificate is not accepted: ", failure.Message, StringComparison.Ordinal);
            Assert.Contains("Root Certificate=", failure.Message, StringComparison.Ordinal);
        }

        connection.RootCertificate = _logins.Connection().RootCertificate;
        await using (var services = _logins.Services(null, connection)) await services.GetRequiredService<IWarehouse>().CheckAsync(default);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        _logins.SetPassword("loader", "first");
        var connection = new NpgsqlConnectionStringBuilder(_logins.Connection("loader").ConnectionString) { Host = "127.0.0.1", Password = "first" };
        await using var services = _logins.Services(null, connection);
        var failure = await AwsLogins.RefusalAsync(services);
        Assert.StartsWith("Redshift's certificate is not accepted: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Check Host", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_temporary_password_needs_TLS()
    {
        var connection = _logins.Connection("loader");
        // Prefer, the default on loopback, uses TLS where the server has it.
        connection.SslMode = SslMode.Prefer;
        connection.Remove("Root Certificate");
        await using (var services = Iam()) await services.GetRequiredService<IWarehouse>().CheckAsync(default);
        connection.SslMode = SslMode.Disable;
        await using (var services = Iam()) Assert.Throws<OptionsValidationException>(services.GetRequiredService<IWarehouse>);

        ServiceProvider Iam() => _logins.Services(CredentialKind.Iam, connection, static options => options.Login.ClusterId = "main");
    }
}
