using Coordinator.Core.Warehouses;
using Coordinator.Doctor.Checking;
using Coordinator.Doctor.Net;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Doctor.Sql;

/// <summary>The checks of a PostgreSQL or Redshift, from its name to the rights on each table.</summary>
internal sealed class WarehouseChecks(SqlWarehouse warehouse, IReadOnlyList<TableName> tables, bool isStaged, TimeProvider time)
{
    public const string Host = "warehouse host";
    public const string Port = "warehouse port";
    public const string Tls = "warehouse TLS";
    public const string Login = "warehouse login";
    public const string Version = "warehouse version";

    private const string Key = "Coordinator:Warehouse:ConnectionString";
    private const string HostAdvice =
        $"Compare Host in {Key} with the endpoint that AWS's console shows. The name of a warehouse that is not publicly "
        + "accessible may resolve inside its VPC only.";

    private const string PortAdvice =
        $"Nothing listens there: compare Host and Port in {Key} (Redshift's is 5439, PostgreSQL's 5432), and see whether the warehouse is running.";

    private readonly ServerChecks _server = new(warehouse, time);
    private readonly GrantChecks _grants = new(warehouse, tables);
    private readonly SystemViewChecks _views = new(warehouse, isStaged);

    private readonly (string Host, int Port) _place = PlaceOf(warehouse.Connection);

    /// <summary>The checks, each decided on when those before it have run.</summary>
    public IEnumerable<Check> All()
    {
        var isSocket = _place.Host.StartsWith('/');
        if (!isSocket)
        {
            yield return new Check(Host, token => Reach.ResolveAsync(_place.Host, HostAdvice, token))
            { AdviceOnSilence = "Is a DNS server reachable?" };
            yield return new Check(Port, token => Reach.ConnectAsync(_place.Host, _place.Port, PortAdvice, token))
            { Needs = [Host], AdviceOnSilence = Reach.Firewall(_place.Port) };
            yield return new Check(Tls, TlsAsync) { Needs = [Port], AdviceOnSilence = Silent };
        }

        yield return new Check(Login, LoginAsync) { Needs = [Tls], AdviceOnSilence = Silent };
        yield return new Check(Version, Asking(_server.VersionAsync)) { Needs = [Login] };
        if (warehouse.IsRedshift) yield return new Check("warehouse deployment", Asking(SystemViewChecks.DeploymentAsync)) { Needs = [Version] };
        yield return new Check("warehouse isolation", Asking(_server.IsolationAsync)) { Needs = [Version] };
        yield return new Check("warehouse user", Asking(ServerChecks.UserAsync)) { Needs = [Version] };
        yield return new Check("warehouse timeouts", Asking(ServerChecks.TimeoutsAsync)) { Needs = [Version] };
        yield return new Check("warehouse clock", Asking(_server.ClockAsync)) { Needs = [Version] };
        if (warehouse.IsRedshift) yield return new Check("warehouse system views", Asking(_views.ViewsAsync)) { Needs = [Version] };
        yield return new Check("warehouse ledgers", Asking(_grants.LedgersAsync)) { Needs = [Version] };
        foreach (var table in _grants.Tables)
        {
            yield return new Check($"table {table}", Asking((connection, token) => _grants.TableAsync(connection, table, token)))
            { Needs = [Version] };
        }
    }

    /// <summary>Npgsql takes a list of hosts, each with a port if need be; the first one is examined.</summary>
    private static (string Host, int Port) PlaceOf(NpgsqlConnectionStringBuilder connection)
    {
        var first = connection.Host!.Split(',')[0].Trim();
        return first.Split(':') is [var host, var port] && int.TryParse(port, out var number) ? (host, number) : (first, connection.Port);
    }

    private string Silent =>
        "Something accepts the connection and does not answer: a proxy, a load balancer without a target, or a server that hangs. "
        + $"See what listens on {_place.Host}:{_place.Port}.";

    private async Task<Finding> TlsAsync(CancellationToken cancellationToken)
    {
        var (mode, isLoopback) = (warehouse.Connection.SslMode, Reach.IsLoopback(_place.Host));
        if (TlsVerdict.Of(mode, isLoopback) is { } verdict) return verdict;
        var answer = await TlsProbe.AskAsync(_place.Host, _place.Port, warehouse.Connection.RootCertificate, cancellationToken);
        return TlsVerdict.Of(mode, _place.Host, isLoopback, answer);
    }

    private async Task<Finding> LoginAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await warehouse.OpenConnectionAsync(cancellationToken);
            return Finding.Ok($"{warehouse.Connection.Username} in database {connection.Database}");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return LoginFailure.Of(e, warehouse);
        }
    }

    private Func<CancellationToken, Task<Finding>> Asking(Func<NpgsqlConnection, CancellationToken, Task<Finding>> ask) => async cancellationToken =>
    {
        try
        {
            await using var connection = await warehouse.OpenConnectionAsync(cancellationToken);
            return await ask(connection, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && (e as WarehouseException ?? warehouse.FailureOf(e)) is { } failure)
        {
            return Finding.Failed(failure.Message);
        }
    };
}
