using System.Net;
using System.Net.Sockets;
using Coordinator.Clustering.Postgres;
using Coordinator.RedshiftSimulator.Storage;
using Coordinator.TestServers;
using DuckDB.NET.Data;

namespace Coordinator.IntegrationTests.Doctor;

/// <summary>The mistakes of a first day, by their names.</summary>
internal static class Mistakes
{
    private const string Failed = "failed";
    private const string Warning = "warning";

    // A name that is none of loopback's for the adapters, and leads there all the same.
    private const string BeyondLoopback = "LOCALHOST";

    public static IReadOnlyDictionary<string, Mistake> All { get; } = new Dictionary<string, Mistake>
    {
        ["a key is misspelled"] = new("settings", Failed, "Coordinator:Locking:Tll", "docs/settings.md",
            stage => Set(stage, "Coordinator:Locking:Tll", "00:00:20")),
        ["a value is out of its range"] = new("settings", Failed, "Coordinator:Locking:Ttl is '00:00:01'", "docs/settings.md",
            stage => Set(stage, "Coordinator:Locking:Ttl", "00:00:01")),
        ["the host is unknown"] = new("warehouse host", Failed, "no-such-warehouse.invalid has no address", "Compare Host in",
            stage => Connect(stage, static c => c.Host = "no-such-warehouse.invalid")),
        ["nothing listens on the port"] = new("warehouse port", Failed, "cannot be reached: Connection refused", "Redshift's is 5439",
            stage => Connect(stage, static c => c.Port = FreePort.Next())),
        ["a firewall drops the packets"] = new("warehouse port", Failed, "no answer within", "inbound rules of the security group",
            stage => Connect(stage, c => c.Port = DroppedPackets(stage))),
        ["the port is a black hole"] = new("warehouse TLS", Failed, "no answer within", "accepts the connection and does not answer",
            stage => Connect(stage, c => c.Port = BlackHole(stage))),
        ["TLS is off beyond loopback"] = new("warehouse TLS", Warning, "clear text", "SSL Mode=VerifyFull",
            stage => Connect(stage, static c => (c.Host, c.SslMode) = (BeyondLoopback, Npgsql.SslMode.Disable))),
        ["the server has no TLS"] = new("warehouse TLS", Failed, "SSL Mode=VerifyFull requires it", "Enable TLS on the server",
            stage => Connect(stage, static c => c.Host = BeyondLoopback)),
        ["the certificate is not trusted"] = new("warehouse TLS", Failed, "CN=warehouse.example", "Root Certificate=FILE", static async stage =>
            stage.Connect($"{await PostgresAsync(stage)};SSL Mode=VerifyFull")),
        ["the certificate has another name"] = new("warehouse TLS", Failed, "has another name than 127.0.0.1", "SSL Mode=VerifyCA",
            static async stage =>
            {
                var file = (await stage.Servers.SecuredAsync()).Certificate.File;
                stage.Connect($"{await PostgresAsync(stage)};SSL Mode=VerifyFull;Root Certificate={file}");
            }),
        ["the password is wrong"] = new("warehouse login", Failed, "password authentication failed", "ALTER USER {0} PASSWORD",
            stage => Connect(stage, static c => c.Password = "sesame"))
        { Simulator = static options => options with { PasswordsOf = static _ => ["known"] } },
        ["the login asks for SHA-256"] = new("warehouse login", Failed, "SHA-256", "ALTER USER {0} PASSWORD 'md5…';",
            static _ => Task.CompletedTask)
        { Simulator = static options => options with { AsksForSha256 = true } },
        ["the user does not exist"] = new("warehouse login", Failed, "role \"nobody_here\" does not exist", "CREATE USER nobody_here",
            stage => Connect(stage, static c => c.Username = "nobody_here")),
        ["the database does not exist"] = new("warehouse login", Failed, "database \"elsewhere\" does not exist", "CREATE DATABASE elsewhere;",
            stage => Connect(stage, static c => c.Database = "elsewhere")),
        ["the provider is another one"] = new("warehouse version", Failed, "this is PostgreSQL, no Redshift", "Provider to Postgres",
            static stage => Connect(stage, c => c.Port = stage.Servers.Postgres.Port)),
        ["the user is a superuser"] = new("warehouse user", Warning, "{0} is a superuser", "docs/first-day.md",
            static stage => stage.RunAsync("ALTER ROLE {0} SUPERUSER")),
        ["statements are cut off"] = new("warehouse timeouts", Warning, "statement_timeout of this user is 5s",
            "ALTER USER {0} SET statement_timeout TO 0;",
            static stage => stage.RunAsync("ALTER ROLE {0} SET statement_timeout TO 5000")),
        ["no schema can be created"] = new("warehouse ledgers", Failed, "there is no schema coordinator", "GRANT CREATE ON DATABASE {1} TO {0};",
            static stage => stage.RunAsync("REVOKE CREATE ON DATABASE {1} FROM {0}")),
        ["the schema of the ledgers is another user's"] = new("warehouse ledgers", Failed, "{0} may not use schema coordinator",
            "GRANT USAGE, CREATE ON SCHEMA coordinator TO {0};", static stage => stage.RunAsync("CREATE SCHEMA coordinator")),
        ["rows cannot be inserted"] = new("table public.events", Failed, "{0} may not insert", "GRANT INSERT ON public.events TO {0};",
            static stage => stage.RunAsync("REVOKE INSERT ON events FROM {0}")),
        ["the schema of a table cannot be used"] = new("table sales.orders", Failed, "{0} may not use schema sales",
            "GRANT USAGE ON SCHEMA sales TO {0};", static stage =>
            {
                stage.Arguments.AddRange(["--table", "sales.orders"]);
                return stage.RunAsync("CREATE SCHEMA sales", "CREATE TABLE sales.orders (id bigint)", "GRANT INSERT ON sales.orders TO {0}");
            }),
        ["a table does not exist"] = new("table public.event", Failed, "Did you mean public.events?", "Create the table", static stage =>
        {
            stage.Arguments.AddRange(["--table", "event"]);
            return Task.CompletedTask;
        }),
        ["a ledger is another user's"] = new("table public.events", Failed, "a ledger that another user made",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON coordinator.\"public.events\", coordinator.\"public.events#fence\" TO {0};",
            static stage => stage.RunAsync("CREATE SCHEMA coordinator", "GRANT USAGE, CREATE ON SCHEMA coordinator TO {0}",
                "CREATE TABLE coordinator.\"public.events\" (origin char(36))", "CREATE TABLE coordinator.\"public.events#fence\" (id int)")),
        ["system views cannot be read"] = new("warehouse system views", Failed, "whether a session still lives (stv_sessions or sys_session_history)",
            "GRANT SELECT ON sys_query_history, sys_session_history TO {0};", static async stage =>
            {
                await stage.Redshift.RunAsync("SELECT 1");
                await stage.RunAsync("REVOKE SELECT ON pg_catalog.stv_sessions, pg_catalog.sys_session_history FROM PUBLIC");
            }),
        ["the bucket does not exist"] = new("staging bucket", Failed, "bucket my-bucket", "Create bucket my-bucket",
            static stage => Staging(stage, static _ => "NoSuchBucket")),
        ["the bucket cannot be written"] = new("staging put", Failed, "AccessDenied", "s3:PutObject on arn:aws:s3:::my-bucket/coordinator/*",
            static stage => Staging(stage, static method => method == "PUT" ? "AccessDenied" : null)),
        ["memcached is down"] = new("memcached ", Failed, "Connection refused", "their locks are unverified",
            stage => Set(stage, "Coordinator:Locking:Memcached:Servers", $"127.0.0.1:{FreePort.Next()}")),
        ["memcached has just started"] = new("memcached ", Warning, "it started less than a lock's life ago", "Wait for 15 s",
            static stage => stage.MemcachedAsync()),
        ["memcached was flushed"] = new("memcached ", Warning, "a lock's life ago", "Wait for 15 s", static async stage =>
            await (await stage.MemcachedAsync()).CommandAsync("set coordinator/coordinator/canary 0 2591997 5\r\naaaaa")),
        ["memcached evicts"] = new("memcached ", Warning, "keys were evicted", "memcached -m 256", static async stage =>
        {
            var memcached = await stage.MemcachedAsync("-m", "2");
            var value = new string('x', 50_000);
            for (var i = 0; i < 200; i++) await memcached.CommandAsync($"set filler{i} 0 0 50000\r\n{value}");
            await memcached.GrowOldAsync("coordinator");
        }),
        ["silos of a cluster have locks of their own"] = new("memcached servers", Warning, "each silo has locks of its own", "cache1:11211",
            static stage =>
            {
                stage.Settings.Remove("Coordinator:Locking:Memcached:Servers");
                return Cluster(stage, stage.Servers.Postgres.CreateDatabaseAsync());
            }),
        ["the cluster's Redis is away"] = new("cluster store", Failed, "Redis 127.0.0.1:", "silos do not start without it", stage =>
        {
            stage.Settings["Coordinator:Clustering:Provider"] = "Redis";
            return Set(stage, "Coordinator:Clustering:ConnectionString", $"127.0.0.1:{FreePort.Next()},password=sesame");
        }),
        ["the cluster's PostgreSQL is away"] = new("cluster store", Failed, "PostgreSQL cannot be used", "silos do not start without it",
            static stage => Cluster(stage, Task.FromResult($"Host=127.0.0.1;Port={FreePort.Next()};Username=u;Password=sesame"))),
        ["a silo is silent"] = new("cluster silos", Warning, "silent, and not declared dead: silo-7 (10.1.2.3:11111)",
            "the next silo to start ignores them",
            static stage => Members(stage, ("silo-7", "10.1.2.3", 11111, "now() - interval '5 minutes'"))),
        ["a silo cannot be reached"] = new("silo silo-9", Failed, "cannot be reached", "Coordinator:Silo:Address",
            static stage => Members(stage, ("silo-9", "127.0.0.1", FreePort.Next(), "now() + interval '1 hour'"))),
        ["another process has the file of DuckDB"] = new("warehouse file", Failed, "Another process", "End the process that has the file open",
            static async stage =>
            {
                var folder = DuckDb(stage);
                var connection = stage.Own(new DuckDBConnection($"Data Source={folder}/warehouse.duckdb"));
                await connection.OpenAsync();
            }),
        ["the folder of DuckDB's file is a file"] = new("warehouse file", Failed, "is a file, no folder", "give another path", static stage =>
        {
            File.WriteAllText($"{DuckDb(stage)}/in-the-way", "");
            stage.Settings["Coordinator:Warehouse:ConnectionString"] += "/../in-the-way/warehouse.duckdb";
            return Task.CompletedTask;
        }),
    };

    private static Task Set(Stage stage, string key, string value)
    {
        stage.Settings[key] = value;
        return Task.CompletedTask;
    }

    private static Task Connect(Stage stage, Action<Npgsql.NpgsqlConnectionStringBuilder> change)
    {
        stage.Connect(change);
        return Task.CompletedTask;
    }

    /// <summary>A port where the system accepts connections, and no program reads.</summary>
    private static int BlackHole(Stage stage)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        stage.Own(new Ending(listener.Dispose));
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A port whose queue of connections is full: Linux drops the packets of further ones.</summary>
    private static int DroppedPackets(Stage stage)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var clients = Enumerable.Range(0, 8).Select(_ => new TcpClient()).ToList();
        foreach (var client in clients) _ = client.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        stage.Own(new Ending(() =>
        {
            foreach (var client in clients) client.Dispose();
            listener.Dispose();
        }));
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    /// <summary>A database of the PostgreSQL with TLS as the warehouse.</summary>
    private static async Task<string> PostgresAsync(Stage stage)
    {
        var (server, _) = await stage.Servers.SecuredAsync();
        stage.Settings["Coordinator:Warehouse:Provider"] = "Postgres";
        return await server.CreateDatabaseAsync();
    }

    private static Task Staging(Stage stage, Func<string, string?> refusal)
    {
        var store = stage.Own(ObjectStore.Start());
        store.Refusal = refusal;
        const string Section = "Coordinator:Warehouse:Redshift:Staging:";
        (stage.Settings[Section + "Bucket"], stage.Settings[Section + "Endpoint"]) = ("my-bucket", store.Url);
        (stage.Settings[Section + "AccessKeyId"], stage.Settings[Section + "SecretAccessKey"]) = ("AKIDEXAMPLE", "sesame");
        return Task.CompletedTask;
    }

    private static async Task Cluster(Stage stage, Task<string> database)
    {
        stage.Settings["Coordinator:Clustering:Provider"] = "Postgres";
        stage.Settings["Coordinator:Clustering:ConnectionString"] = await database;
    }

    /// <summary>A membership with silos that do not exist.</summary>
    private static async Task Members(Stage stage, params (string Name, string Host, int Port, string AliveAt)[] members)
    {
        var database = await stage.Servers.Postgres.CreateDatabaseAsync();
        await Cluster(stage, Task.FromResult(database));
        await using var source = Npgsql.NpgsqlDataSource.Create(database + ";Pooling=false");
        var rows = members.Select(static silo =>
            "INSERT INTO coordinator_cluster.silo VALUES "
            + $"('coordinator', '{silo.Host}', {silo.Port}, 1, '{silo.Name}', 'h', 3, 0, '', now(), {silo.AliveAt})");
        await using var command = source.CreateCommand(
            $"{MembershipSql.CreateTables}; INSERT INTO coordinator_cluster.cluster VALUES ('coordinator'); {string.Join(';', rows)}");
        await command.ExecuteNonQueryAsync();
    }

    private static string DuckDb(Stage stage)
    {
        var folder = Directory.CreateTempSubdirectory("coordinator-doctor-");
        stage.Own(new Ending(() => folder.Delete(recursive: true)));
        stage.Settings["Coordinator:Warehouse:Provider"] = "DuckDb";
        stage.Settings["Coordinator:Warehouse:ConnectionString"] = $"{folder.FullName}/warehouse.duckdb";
        stage.Arguments.Clear();
        return folder.FullName;
    }
}
