using Coordinator.Core.Ledger;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Ledgers;

/// <summary>Reads one table's ledger for ranges, outside of any transaction on the table, which may not exist any more.</summary>
internal static class RangeSearch
{
    private const string Form = "SELECT count(*), count(*) FILTER (WHERE attname = 'content') FROM pg_catalog.pg_attribute WHERE attrelid = "
        + "to_regclass($1) AND attnum > 0 AND NOT attisdropped";

    public static async Task<IReadOnlyList<KnownRange>> FindAsync(
        NpgsqlConnection connection, TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken)
    {
        if (ranges.Count == 0) return [];
        bool isThere, hasContent;
        await using (var form = new NpgsqlCommand(Form, connection))
        {
            form.Parameters.AddTyped(SqlName.Of(LedgerNames.Ledger(table)));
            await using var answer = await form.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await answer.ReadAsync(cancellationToken).ConfigureAwait(false);
            (isThere, hasContent) = (answer.GetInt64(0) > 0, answer.GetInt64(1) > 0);
        }

        if (!isThere) return [];
        var sql = new LedgerSql(table);
        await using var command = new NpgsqlCommand(hasContent ? sql.Overlaps : sql.OverlapsWithoutContent, connection);
        command.Parameters.AddRanges(ranges);
        // Several requested ranges may share a row of the ledger.
        var found = new HashSet<KnownRange>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(reader.ReadKnown());
        return [.. found];
    }
}
