using Coordinator.Clustering;
using Coordinator.Clustering.Postgres;
using Coordinator.Doctor.Checking;
using Npgsql;

namespace Coordinator.Doctor.Cluster;

/// <summary>The membership in PostgreSQL.</summary>
internal sealed class PostgresMembership(ClusteringOptions options) : IMembershipStore
{
    private const string Key = "Coordinator:Clustering:ConnectionString";

    public async Task<Finding> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            var place = $"PostgreSQL {connection.Host}:{connection.Port}, database {connection.Database}";
            var user = await AskAsync<string>(connection, "SELECT quote_ident(current_user)", cancellationToken);
            if (!await AskAsync<bool>(connection, "SELECT to_regnamespace('coordinator_cluster') IS NOT NULL", cancellationToken))
            {
                return await AskAsync<bool>(connection, "SELECT has_database_privilege(current_database(), 'CREATE')", cancellationToken)
                    ? Finding.Ok($"{place}; the first silo creates schema {MembershipSchema.Name}")
                    : Finding.Failed(
                        $"{place}: there is no schema {MembershipSchema.Name}, and {user} may not create it",
                        $"An administrator runs: GRANT CREATE ON DATABASE {connection.Database} TO {user};");
            }

            return await AskAsync<bool>(connection, "SELECT has_schema_privilege('coordinator_cluster', 'USAGE')", cancellationToken)
                ? Finding.Ok($"{place}, schema {MembershipSchema.Name}")
                : Finding.Failed(
                    $"{place}: {user} may not use schema {MembershipSchema.Name}",
                    $"An administrator runs: GRANT USAGE, CREATE ON SCHEMA {MembershipSchema.Name} TO {user}; GRANT SELECT, INSERT, UPDATE, DELETE "
                        + $"ON ALL TABLES IN SCHEMA {MembershipSchema.Name} TO {user};");
        }
        catch (NpgsqlException e)
        {
            return Finding.Failed(
                $"PostgreSQL cannot be used: {(e.InnerException is { } inner ? $"{e.Message}: {inner.Message}" : e.Message)}",
                $"Start it, or compare {Key}: silos do not start without it.");
        }
    }

    public async Task<IReadOnlyList<Member>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        if (!await AskAsync<bool>(connection, MembershipSql.Exists, cancellationToken)) return [];
        await using var command = new NpgsqlCommand(
            "SELECT silo_name, address, port, gateway_port, status, alive_at FROM coordinator_cluster.silo WHERE cluster_id = $1 ORDER BY silo_name",
            connection)
        { Parameters = { new() { Value = options.ClusterId } } };
        var members = new List<Member>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            members.Add(new Member(
                reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), (SiloStatus)reader.GetInt32(4),
                new DateTimeOffset(reader.GetDateTime(5).ToUniversalTime(), TimeSpan.Zero)));
        }

        return members;
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(MembershipConnection.Of(options.ConnectionString)) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<T> AskAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
