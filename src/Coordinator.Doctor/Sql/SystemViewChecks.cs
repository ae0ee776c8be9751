using Coordinator.Doctor.Checking;
using Npgsql;

namespace Coordinator.Doctor.Sql;

/// <summary>Which of Redshift's system views the user may read: they show the kind of deployment, and the adapter asks them for its own
/// sessions.</summary>
/// <remarks>The questions and the order of their views are those of the adapter's folder Outcomes.</remarks>
internal sealed class SystemViewChecks(SqlWarehouse warehouse, bool isStaged)
{
    private static readonly string[] OfClusters = ["stv_sessions", "stv_inflight"];
    private static readonly string[] OfOneZone = ["svv_transactions", "svv_redshift_databases"];

    private readonly (string Asked, string[] Views, bool IsNeeded)[] _questions =
    [
        ("which sessions hold locks on a ledger", ["svv_transactions", "pg_locks"], false),
        ("which sessions run a query", ["stv_inflight", "sys_query_history"], false),
        ("whether a session still lives", ["stv_sessions", "sys_session_history"], true),
        .. isStaged ? [("which row COPY refused", ["sys_load_error_detail"], false)] : Array.Empty<(string, string[], bool)>(),
    ];

    public static async Task<Finding> DeploymentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await AnyAsync(connection, OfClusters, cancellationToken) is { } cluster)
            return Finding.Ok($"a provisioned cluster in one availability zone: {cluster} can be read");
        if (await AnyAsync(connection, OfOneZone, cancellationToken) is { } serverless)
            return Finding.Ok($"Serverless: STV views cannot be read, {serverless} can");
        return Finding.Ok("a Multi-AZ cluster: neither STV nor SVV views can be read");
    }

    public async Task<Finding> ViewsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (seen, missing, isNeeded) = (new List<string>(), new List<string>(), false);
        foreach (var (asked, views, needed) in _questions)
        {
            if (await AnyAsync(connection, views, cancellationToken) is { } view)
            {
                seen.Add(view);
                continue;
            }

            missing.Add($"{asked} ({string.Join(" or ", views)})");
            isNeeded |= needed;
        }

        if (missing.Count == 0) return Finding.Ok($"{string.Join(", ", seen)} can be read");
        var user = await ServerChecks.UserNameAsync(connection, cancellationToken);
        // Every user may read the catalog's views.
        var grantable = _questions.Select(static question => question.Views[^1])
            .Where(static view => !view.StartsWith("pg_", StringComparison.Ordinal));
        string[] advice =
        [
            $"An administrator runs: GRANT SELECT ON {string.Join(", ", grantable)} TO {user};",
            $"Or, so that sessions that a silo leaves open end by themselves: ALTER USER {user} SESSION TIMEOUT 60;",
        ];
        var text = $"no view that {warehouse.Connection.Username} may read tells {string.Join(", nor ", missing)}";
        // Without it a connection that is lost at COMMIT leaves the outcome unknown.
        return isNeeded ? Finding.Failed(text, advice) : Finding.Warning(text, advice);
    }

    private static async Task<string?> AnyAsync(NpgsqlConnection connection, string[] views, CancellationToken cancellationToken)
    {
        foreach (var view in views)
        {
            try
            {
                await using var command = new NpgsqlCommand($"SELECT 1 FROM {view} LIMIT 1", connection);
                await command.ExecuteScalarAsync(cancellationToken);
                return view;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable)
            {
                // Try the next one.
            }
        }

        return null;
    }
}
