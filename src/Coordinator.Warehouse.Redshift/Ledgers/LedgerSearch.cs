using Coordinator.Core.Ledger;
using Coordinator.Intents;
using Coordinator.Tables;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>Searches the ledgers of some tables in one statement.</summary>
internal static class LedgerSearch
{
    public static async Task<FoundRange?> FindAsync(
        NpgsqlConnection connection, IReadOnlyList<TableName> tables, IntentId id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(UnionOf(tables, LedgerSql.Lookup), connection);
        command.Parameters.AddTyped(id.Origin.ToString("D"), NpgsqlDbType.Varchar);
        command.Parameters.AddTyped(id.Sequence);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;
        var range = new SequenceRange(id.Origin, reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        var entry = new LedgerEntry(Guid.Parse(reader.GetString(4)), new DateTimeOffset(reader.GetDateTime(5)));
        return new FoundRange(tables[reader.GetInt32(0)], new KnownRange(range, entry));
    }

    public static async Task<IReadOnlyList<LedgerRun>> RunsAsync(
        NpgsqlConnection connection, IReadOnlyList<TableName> tables, Guid origin, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(UnionOf(tables, static (ledger, _) => LedgerSql.Latest(ledger)), connection);
        command.Parameters.AddTyped(origin.ToString("D"), NpgsqlDbType.Varchar);
        command.Parameters.AddTyped(limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var runs = new List<LedgerRun>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            runs.Add(new LedgerRun(
                new SequenceRange(origin, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)),
                new LedgerEntry(Guid.Parse(reader.GetString(3)), new DateTimeOffset(reader.GetDateTime(4))),
                new DateTimeOffset(reader.GetDateTime(5))));
        }

        return runs;
    }

    private static string UnionOf(IReadOnlyList<TableName> tables, Func<string, int, string> question) =>
        string.Join("\nUNION ALL\n", tables.Select((table, i) => question(SqlName.Of(LedgerNames.Ledger(table)), i)));
}
