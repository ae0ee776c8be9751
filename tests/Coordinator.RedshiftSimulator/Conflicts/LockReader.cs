using Npgsql;
using NpgsqlTypes;

namespace Coordinator.RedshiftSimulator.Conflicts;

/// <summary>Reads, on a separate connection, which tables a session's transaction has touched: PostgreSQL keeps a lock on each until the end.
/// The server determined these tables while planning, including views, functions and rewritten queries.</summary>
internal static class LockReader
{
    /// <summary>The mode in which <see cref="Sessions.Session"/> locks a table before an insert. No other statement uses this mode.</summary>
    public const string AppendMode = "SHARE ROW EXCLUSIVE";

    /// <summary>The mode in which it locks a table before an update.</summary>
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
