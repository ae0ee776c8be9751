namespace Coordinator.Clustering.Postgres;

/// <summary>The membership's tables, and the statements that Orleans reads from <c>OrleansQuery</c> by key. Each change of a member and the
/// increment of the cluster's version are one statement, so that one of two concurrent silos finds a newer version and retries.</summary>
internal static class MembershipSql
{
    /// <summary>Holds until the transaction ends. The number is arbitrary: <c>coordclu</c> in ASCII.</summary>
    public const string LockOthersOut = "SELECT pg_advisory_xact_lock(7165068069270940789)";

    public const string Exists =
        "SELECT to_regclass('coordinator_cluster.silo') IS NOT NULL AND to_regclass('coordinator_cluster.orleansquery') IS NOT NULL";

    /// <summary>Fails while the server is read-only, as the first write of Orleans would, and waits for no one.</summary>
    public const string EnsureWritable = "SELECT FROM coordinator_cluster.cluster LIMIT 1 FOR KEY SHARE";

    public const string ReadStatements = "SELECT querykey, querytext FROM coordinator_cluster.orleansquery";

    public const string PutStatement = """
        INSERT INTO coordinator_cluster.orleansquery (querykey, querytext) VALUES ($1, $2)
        ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext
        """;

    // CREATE SCHEMA IF NOT EXISTS requires the right to create a schema even if it exists.
    public const string CreateTables = """
        DO $$ BEGIN IF to_regnamespace('coordinator_cluster') IS NULL THEN CREATE SCHEMA coordinator_cluster; END IF; END $$;
        CREATE TABLE IF NOT EXISTS coordinator_cluster.cluster (
            cluster_id text PRIMARY KEY,
            version integer NOT NULL DEFAULT 0,
            changed_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE TABLE IF NOT EXISTS coordinator_cluster.silo (
            cluster_id text NOT NULL REFERENCES coordinator_cluster.cluster,
            address text NOT NULL,
            port integer NOT NULL,
            generation integer NOT NULL,
            silo_name text NOT NULL,
            host_name text NOT NULL,
            status integer NOT NULL,
            gateway_port integer NOT NULL,
            suspect_times text,
            started_at timestamptz NOT NULL,
            alive_at timestamptz NOT NULL,
            PRIMARY KEY (cluster_id, address, port, generation)
        );
        CREATE TABLE IF NOT EXISTS coordinator_cluster.orleansquery (
            querykey text PRIMARY KEY,
            querytext text NOT NULL
        );
        """;

    private const string Dead = "6";

    private const string ThisSilo = "cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation";

    // The version's row is returned even without a silo: Orleans reads the version from it.
    private const string Read = """
        SELECT c.cluster_id AS deploymentid, s.address, s.port, s.generation, s.silo_name AS siloname, s.host_name AS hostname, s.status, s.gateway_port AS proxyport,
            s.suspect_times AS suspecttimes, s.started_at AS starttime, s.alive_at AS iamalivetime, c.version
        FROM coordinator_cluster.cluster c LEFT JOIN coordinator_cluster.silo s ON s.cluster_id = c.cluster_id
        """;

    public static IReadOnlyDictionary<string, string> Statements { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["InsertMembershipVersionKey"] = """
            WITH added AS (INSERT INTO coordinator_cluster.cluster (cluster_id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT EXISTS (SELECT FROM added)
            """,
        ["InsertMembershipKey"] = $"""
            WITH stepped AS (
                UPDATE coordinator_cluster.cluster SET version = version + 1, changed_at = now()
                WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (SELECT FROM coordinator_cluster.silo WHERE {ThisSilo})
                RETURNING cluster_id
            ), added AS (
                INSERT INTO coordinator_cluster.silo (cluster_id, address, port, generation, silo_name, host_name, status, gateway_port, started_at, alive_at)
                SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM stepped
                RETURNING 1
            )
            SELECT EXISTS (SELECT FROM added)
            """,
        ["UpdateMembershipKey"] = $"""
            WITH stepped AS (
                UPDATE coordinator_cluster.cluster SET version = version + 1, changed_at = now()
                WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (SELECT FROM coordinator_cluster.silo WHERE {ThisSilo})
                RETURNING 1
            ), changed AS (
                UPDATE coordinator_cluster.silo SET status = @Status, suspect_times = @SuspectTimes::text, alive_at = greatest(alive_at, @IAmAliveTime)
                WHERE {ThisSilo} AND EXISTS (SELECT FROM stepped)
                RETURNING 1
            )
            SELECT EXISTS (SELECT FROM changed)
            """,
        ["UpdateIAmAlivetimeKey"] = $"UPDATE coordinator_cluster.silo SET alive_at = greatest(alive_at, @IAmAliveTime) WHERE {ThisSilo}",
        ["MembershipReadRowKey"] =
            $"{Read} AND s.address = @Address AND s.port = @Port AND s.generation = @Generation WHERE c.cluster_id = @DeploymentId",
        ["MembershipReadAllKey"] = $"{Read} WHERE c.cluster_id = @DeploymentId",
        ["GatewaysQueryKey"] = """
            SELECT address, gateway_port AS proxyport, generation FROM coordinator_cluster.silo
            WHERE cluster_id = @DeploymentId AND status = @Status AND gateway_port > 0
            """,
        ["DeleteMembershipTableEntriesKey"] = """
            WITH silos AS (DELETE FROM coordinator_cluster.silo WHERE cluster_id = @DeploymentId)
            DELETE FROM coordinator_cluster.cluster WHERE cluster_id = @DeploymentId
            """,
        ["CleanupDefunctSiloEntriesKey"] = $"""
            DELETE FROM coordinator_cluster.silo
            WHERE cluster_id = @DeploymentId AND status = {Dead} AND alive_at < @IAmAliveTime AND started_at < @IAmAliveTime
            """,
        // Deletes only what Orleans has seen, and no silo that has changed since.
        ["CleanupDefunctSiloEntryKey"] = $"""
            DELETE FROM coordinator_cluster.silo
            WHERE {ThisSilo} AND status = {Dead} AND alive_at = @IAmAliveTime AND started_at = @StartTime AND coalesce(suspect_times, '') = coalesce(@SuspectTimes::text, '')
            """,
    };
}
