using Coordinator.Clustering.Postgres;
using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Postgres;
using Coordinator.Warehouse.Redshift;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordinator.Tests.Warehouses;

/// <summary>How connections to PostgreSQL and Redshift stay alive. The integration tests read the same from real sockets.</summary>
public sealed class ConnectionSettingsTests
{
    private const string Plain = "Host=warehouse;Username=coordinator";

    private static readonly Logins TheLogins = new("the connection string");

    private const string Chosen = Plain + ";Tcp Keepalive Time=20;Tcp Keepalive Interval=7";

    [Fact]
    public async Task Every_connection_sends_keep_alive_packets_long_before_a_load_balancer_drops_it()
    {
        Assert.All(await ConnectionsAsync(Plain), static c =>
            Assert.Equal((true, 60, 15), (c.TcpKeepAlive, c.TcpKeepAliveTime, c.TcpKeepAliveInterval)));
        Assert.All(await ConnectionsAsync(Chosen), static c => Assert.Equal((20, 7), (c.TcpKeepAliveTime, c.TcpKeepAliveInterval)));
    }

    [Fact]
    public async Task Redshift_is_never_asked_for_GSS_encryption() =>
        Assert.All(await RedshiftAsync(Plain), static c => Assert.Equal(GssEncryptionMode.Disable, c.GssEncryptionMode));

    [Theory]
    [InlineData("Host=cluster.abc.eu-west-1.redshift.amazonaws.com", SslMode.VerifyFull)]
    [InlineData("Host=10.0.0.7", SslMode.VerifyFull)]
    [InlineData("Host=cluster.abc.eu-west-1.redshift.amazonaws.com;SSL Mode=Require", SslMode.Require)]
    [InlineData("Host=tunnel.local;SslMode=Disable", SslMode.Disable)]
    [InlineData("Host=localhost", SslMode.Prefer)]
    [InlineData("Host=127.0.0.1", SslMode.Prefer)]
    public async Task Redshift_beyond_loopback_must_prove_its_name_unless_the_connection_string_chooses(string text, SslMode expected) =>
        Assert.All(await RedshiftAsync(text + ";Username=coordinator"), c => Assert.Equal(expected, c.SslMode));

    [Theory]
    [InlineData("Host=cluster", 5439)]
    [InlineData("Host=cluster;Port=5433", 5433)]
    public async Task Redshift_has_a_port_of_its_own(string text, int expected) =>
        Assert.All(await RedshiftAsync(text), c => Assert.Equal(expected, c.Port));

    private static async Task<IReadOnlyList<NpgsqlConnectionStringBuilder>> ConnectionsAsync(string text) =>
        [.. Postgres(text), .. await RedshiftAsync(text), new NpgsqlConnectionStringBuilder(MembershipConnection.Of(text))];

    private static IEnumerable<NpgsqlConnectionStringBuilder> Postgres(string text)
    {
        var options = new PostgresWarehouseOptions { ConnectionString = text };
        var sources = new Warehouse.Postgres.DataSources(options, TimeProvider.System, NullLoggerFactory.Instance);
        yield return Of(sources.ForInserts());
        yield return Of(sources.ForUpdates());
    }

    private static async Task<IReadOnlyList<NpgsqlConnectionStringBuilder>> RedshiftAsync(string text)
    {
        var options = new RedshiftWarehouseOptions { ConnectionString = text };
        var sources = new Warehouse.Redshift.DataSources(options, TheLogins, TimeProvider.System, NullLoggerFactory.Instance);
        var found = new List<NpgsqlConnectionStringBuilder>();
        foreach (var pool in new[] { sources.ForOwnStatements(), sources.ForQuestions(), sources.ForUpdates() })
            found.Add(Of(await pool.SourceAsync(default)));
        return found;
    }

    private static NpgsqlConnectionStringBuilder Of(ConnectionPool pool) => new(pool.ConnectionString);
}
