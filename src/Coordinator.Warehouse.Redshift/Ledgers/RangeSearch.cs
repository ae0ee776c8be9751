using Coordinator.Core.Ledger;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Catalog;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>Reads one table's ledger for ranges, outside of any transaction on the table, which may not exist any more.</summary>
internal static class RangeSearch
{
    public static async Task<IReadOnlyList<KnownRange>> FindAsync(
        NpgsqlConnection connection, TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken)
    {
        if (ranges.Count == 0) return [];
        var columns = await CatalogReader.NamesOfColumnsAsync(connection, LedgerNames.Ledger(table), cancellationToken).ConfigureAwait(false);
        if (columns.Count == 0) return [];
        var asked = ranges.ToLookup(static range => range.Origin);
        var found = new HashSet<KnownRange>();
        foreach (var question in OverlapQuery.Commands(SqlName.Of(LedgerNames.Ledger(table)), ranges, columns.Contains(LedgerNames.Content)))
        {
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { question } };
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(OverlapQuery.Read(reader));
        }

        // The query returned more than the requested ranges.
        return [.. found.Where(known => asked[known.Range.Origin].Any(range => known.Range.First <= range.Last && range.First <= known.Range.Last))];
    }
}
