using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Doctor;

/// <summary>The servers of all stages: PostgreSQL, another one with a self-signed certificate, and a memcached that a service knows.</summary>
public sealed class DoctorFixture : IAsyncLifetime
{
    private readonly Lazy<Task<(PostgresServer Server, Certificate Certificate)>> _secured = new(StartSecuredAsync);

    public PostgresServer Postgres { get; private set; } = null!;

    public MemcachedServer Memcached { get; private set; } = null!;

    /// <summary>A PostgreSQL with TLS, whose certificate is for <see cref="Certificate.Name"/>.</summary>
    internal Task<(PostgresServer Server, Certificate Certificate)> SecuredAsync() => _secured.Value;

    public async Task InitializeAsync()
    {
        Postgres = await PostgresServer.StartAsync();
        Memcached = await MemcachedServer.StartAsync();
        await Memcached.GrowOldAsync("coordinator");
    }

    public async Task DisposeAsync()
    {
        if (_secured.IsValueCreated)
        {
            await (await _secured.Value).Server.DisposeAsync();
            (await _secured.Value).Certificate.Dispose();
        }

        await Memcached.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private static async Task<(PostgresServer, Certificate)> StartSecuredAsync()
    {
        var certificate = await Certificate.CreateAsync();
        return (await PostgresServer.StartAsync("ssl=on", $"ssl_cert_file={certificate.File}", $"ssl_key_file={certificate.KeyFile}"), certificate);
    }
}
