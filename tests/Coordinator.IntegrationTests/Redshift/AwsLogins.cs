using System.Collections.Concurrent;
using System.Text.Json;
using Coordinator.Core.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Aws;
using Coordinator.RedshiftSimulator.Wire;
using Coordinator.Warehouse.Redshift;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>A simulated Redshift with TLS, and AWS services that give logins for it.</summary>
internal sealed class AwsLogins : IAsyncDisposable
{
    public const string Secret = "warehouse/loader";

    private readonly string _authority = Path.GetTempFileName();
    private SimulatedRedshift _redshift = null!;

    private AwsLogins()
    {
    }

    public AwsEndpoint Aws { get; } = AwsEndpoint.Start();

    public SimulatedRedshift Redshift => _redshift;

    /// <summary>The users that have logged in or were refused, in order.</summary>
    public ConcurrentQueue<string> Users { get; } = new();

    /// <param name="start">Starts the simulator with these options.</param>
    public static async Task<AwsLogins> StartAsync(Func<Func<SimulatorOptions, SimulatorOptions>, Task<SimulatedRedshift>> start)
    {
        var logins = new AwsLogins();
        var (certificate, authority) = Certificates.Create("localhost");
        await File.WriteAllTextAsync(logins._authority, authority);
        logins._redshift = await start(options => options with
        {
            Certificate = certificate,
            DatabaseUser = new NpgsqlConnectionStringBuilder(options.Upstream).Username!,
            PasswordsOf = user =>
            {
                logins.Users.Enqueue(user);
                return logins.Aws.Passwords.Of(user);
            },
        });
        return logins;
    }

    /// <summary>The connection string: without a user, and with a login for each transaction unless the test wants a pool.</summary>
    public NpgsqlConnectionStringBuilder Connection(string? user = null, bool isPooled = false) => new(_redshift.ConnectionString)
    {
        Host = "localhost",
        Username = user,
        SslMode = SslMode.VerifyFull,
        RootCertificate = _authority,
        Pooling = isPooled,
    };

    /// <summary>A warehouse with credentials of a kind.</summary>
    public ServiceProvider Services(
        CredentialKind? kind, NpgsqlConnectionStringBuilder connection, Action<RedshiftWarehouseOptions>? configure = null) =>
        new ServiceCollection().AddLogging().AddRedshiftWarehouse(options =>
        {
            options.ConnectionString = connection.ConnectionString;
            options.Credentials = kind;
            options.Login.Endpoint = Aws.Url;
            options.Login.Region = "eu-west-1";
            (options.Login.AccessKeyId, options.Login.SecretAccessKey) = (AwsEndpoint.AccessKeyId, AwsEndpoint.SecretAccessKey);
            if (kind == CredentialKind.SecretsManager) options.Login.SecretId = Secret;
            configure?.Invoke(options);
        }).BuildServiceProvider();

    /// <summary>A silo's settings for a warehouse with passwords of IAM.</summary>
    public Dictionary<string, string?> SiloSettings(string workgroup) => new()
    {
        ["Coordinator:Warehouse:Provider"] = "Redshift",
        ["Coordinator:Warehouse:ConnectionString"] = Connection(isPooled: true).ConnectionString,
        ["Coordinator:Warehouse:Redshift:Credentials"] = nameof(CredentialKind.Iam),
        ["Coordinator:Warehouse:Redshift:Login:Workgroup"] = workgroup,
        ["Coordinator:Warehouse:Redshift:Login:Endpoint"] = Aws.Url,
        ["Coordinator:Warehouse:Redshift:Login:Region"] = "eu-west-1",
        ["Coordinator:Warehouse:Redshift:Login:AccessKeyId"] = AwsEndpoint.AccessKeyId,
        ["Coordinator:Warehouse:Redshift:Login:SecretAccessKey"] = AwsEndpoint.SecretAccessKey,
    };

    /// <summary>Sets a user's password in the database.</summary>
    public void SetPassword(string user, string password) => Aws.Passwords.Set(user, password);

    /// <summary>Sets the secret.</summary>
    public void SetSecret(string user, string password) => Aws.Secrets[Secret] = JsonSerializer.Serialize(
        new { engine = "redshift", host = "localhost", username = user, password, dbname = Connection().Database, port = Connection().Port });

    public static async Task<WarehouseException> RefusalAsync(ServiceProvider services)
    {
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => services.GetRequiredService<IWarehouse>().CheckAsync(default));
        Assert.Equal((FailureKind.Unavailable, FailureCause.Connection), (failure.Kind, failure.Cause));
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        await _redshift.DisposeAsync();
        await Aws.DisposeAsync();
        File.Delete(_authority);
    }
}
