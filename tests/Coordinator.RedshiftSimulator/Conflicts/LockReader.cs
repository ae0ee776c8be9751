using Npgsql;
using NpgsqlTypes;

namespace Coordinator.RedshiftSimulator.Conflicts;

/// <summary>
/// Asks the server, on a connection of its own, which tables a session's transaction has touched: PostgreSQL keeps a lock on each until the end. This
/// is what the server itself found while it planned, views, functions and rewritten queries included.
/// </summary>
internal static class LockReader
{
    /// <summary>What <see cref="Sessions.Session"/> locks a table in before it is inserted into; nothing else takes this mode.</summary>
    public const string AppendMode = "SHARE ROW EXCLUSIVE";

    /// <summary>What it locks a table in before it is updated.</summary>
    public const string ChangeMode = "EXCLUSIVE";

    private const string Sql = """
        SELECT l.relation::bigint, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE l.pid = $1 AND l.locktype = 'relation' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        """;

    public static async Task<TransactionTables> ReadAsync(NpgsqlDataSource side, int pid, CancellationToken cancellationToken)
    {
        var (reads, writes, changes) = (new HashSet<long>(), new HashSet<long>(), new HashSet<long>());
        await using var command = side.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = pid, NpgsqlDbType = NpgsqlDbType.Integer });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var table = reader.GetInt64(0);
            switch (reader.GetString(1))
            {
                case "AccessShareLock" or "RowShareLock":
                    reads.Add(table);
                    break;
                case "RowExclusiveLock" or "ShareRowExclusiveLock":
                    writes.Add(table);
                    break;
                case "ExclusiveLock" or "AccessExclusiveLock":
                    reads.Add(table);
                    writes.Add(table);
                    changes.Add(table);
                    break;
            }
        }

        return new TransactionTables(reads, writes, changes);
    }
}
