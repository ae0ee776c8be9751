using Coordinator.IntegrationTests.Redshift;
using Coordinator.RedshiftSimulator;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.IntegrationTests.Doctor;

/// <summary>Settings with which everything is well: a Redshift with a user who has the documented grants, and a memcached. A mistake changes
/// them.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const string Connection = "Coordinator:Warehouse:ConnectionString";

    private readonly List<IAsyncDisposable> _parts = [];

    private Stage(DoctorFixture servers, SimulatedRedshift redshift)
    {
        Servers = servers;
        Redshift = redshift;
        Database = new NpgsqlConnectionStringBuilder(redshift.ConnectionString).Database!;
        User = $"loader{Guid.NewGuid():N}";
        Settings = new Dictionary<string, string?>
        {
            ["Coordinator:Warehouse:Provider"] = "Redshift",
            [Connection] = $"{redshift.ConnectionString};Username={User};Password=known",
            ["Coordinator:Locking:Memcached:Servers"] = servers.Memcached.Endpoint,
        };
    }

    public DoctorFixture Servers { get; }

    public SimulatedRedshift Redshift { get; }

    /// <summary>The user of the coordinator, who is no superuser.</summary>
    public string User { get; }

    /// <summary>The database of the warehouse, before any mistake.</summary>
    public string Database { get; }

    public Dictionary<string, string?> Settings { get; }

    public List<string> Arguments { get; } = ["--table", "events"];

    public static async Task<Stage> StartAsync(DoctorFixture servers, Func<SimulatorOptions, SimulatorOptions>? configure = null)
    {
        var stage = new Stage(servers, await SimulatedRedshift.StartAsync(servers.Postgres, IsolationLevel.Snapshot, configure));
        await stage.RunAsync("CREATE TABLE events (id bigint NOT NULL, name varchar(40))", "CREATE ROLE {0} LOGIN",
            "GRANT CREATE ON DATABASE {1} TO {0}", "GRANT SELECT, INSERT, UPDATE, DELETE ON events TO {0}");
        return stage;
    }

    /// <summary>Runs statements as an administrator: {0} is the user, {1} the database.</summary>
    public async Task RunAsync(params string[] statements)
    {
        foreach (var statement in statements)
            await Redshift.RunBehindAsync(Text(statement));
    }

    /// <summary>A text with the user for {0} and the database for {1}.</summary>
    public string Text(string text) =>
        text.Replace("{0}", User, StringComparison.Ordinal).Replace("{1}", Database, StringComparison.Ordinal);

    /// <summary>Gives the warehouse's connection string other parts.</summary>
    public void Connect(Action<NpgsqlConnectionStringBuilder> change)
    {
        var connection = new NpgsqlConnectionStringBuilder(Settings[Connection]);
        change(connection);
        Settings[Connection] = connection.ConnectionString;
    }

    public void Connect(string connectionString) => Settings[Connection] = connectionString;

    /// <summary>Another memcached than that of all stages.</summary>
    public async Task<MemcachedServer> MemcachedAsync(params string[] arguments)
    {
        var memcached = Own(await MemcachedServer.StartAsync(arguments));
        Settings["Coordinator:Locking:Memcached:Servers"] = memcached.Endpoint;
        return memcached;
    }

    /// <summary>Something that ends with the stage.</summary>
    public T Own<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }

    /// <summary>Runs <c>client-host doctor --json</c>.</summary>
    public async Task<Diagnosis> ExamineAsync() =>
        Diagnosis.Of(await ClientHostProcess.RunAsync(Settings, ["doctor", "--json", .. Arguments]));

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts) await part.DisposeAsync();
        await Redshift.DisposeAsync();
    }
}
