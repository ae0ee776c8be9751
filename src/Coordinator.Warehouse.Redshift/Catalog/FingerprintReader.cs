using System.Globalization;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Credentials;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Catalog;

/// <summary>Reads a table's fingerprint from the leader node's catalog as plain rows, and combines them here.</summary>
/// <remarks>SVV_COLUMNS does not distinguish a column from one that was dropped and added again. A default, an identity, and any type except the
/// length of a varchar are fixed for the life of their column: https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html</remarks>
internal static class FingerprintReader
{
    private const string Sql = """
        SELECT c.oid, c.relkind, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.atthasdef
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
        """;

    /// <summary>The query, for a batch.</summary>
    public static NpgsqlBatchCommand Command(TableName table)
    {
        var command = new NpgsqlBatchCommand(Sql);
        command.Parameters.AddTyped(table.Schema, NpgsqlDbType.Varchar);
        command.Parameters.AddTyped(table.Table, NpgsqlDbType.Varchar);
        return command;
    }

    /// <summary>Reads the reader's present result; null if the relation does not exist.</summary>
    public static async Task<string?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var (relation, columns) = ("", new List<FingerprintColumn>());
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            relation = $"{Text(0)} {Text(1)}";
            columns.Add(new FingerprintColumn(int.Parse(Text(2), CultureInfo.InvariantCulture), reader.GetString(3), $"{Text(4)} {Text(5)}",
                reader.GetBoolean(6), reader.GetBoolean(7)));
        }

        return columns.Count == 0 ? null : new TableFingerprint(relation, columns).ToString();

        string Text(int ordinal) => Convert.ToString(reader.GetValue(ordinal), CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>Reads the present fingerprint in a separate session.</summary>
    public static async Task<string?> ReadAsync(SessionPool source, TableName table, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(table));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync(reader, cancellationToken).ConfigureAwait(false);
    }
}
