using Coordinator.Core.Ledger;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Laboratory.Evidence;

/// <summary>Reads from the ledgers which activation committed when.</summary>
internal static class LedgerReader
{
    public static async Task<IReadOnlyList<LedgerTransaction>> ReadAsync(
        NpgsqlDataSource warehouse, string table, DateTimeOffset from, DateTimeOffset to)
    {
        var name = LedgerNames.Ledger(TableName.Parse(table));
        await using var command = warehouse.CreateCommand(
            $"SELECT DISTINCT activation, started_at, ended_at, batch_id FROM {name} WHERE ended_at BETWEEN $1 AND $2 ORDER BY ended_at");
        command.Parameters.AddWithValue(from.UtcDateTime);
        command.Parameters.AddWithValue(to.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync();
        var transactions = new List<LedgerTransaction>();
        while (await reader.ReadAsync()) transactions.Add(new LedgerTransaction(reader.GetString(0), reader.GetDateTime(1), reader.GetDateTime(2)));
        return transactions;
    }

    /// <summary>The number of transactions that began before a transaction of another activation had ended. Takes them in the order of their
    /// ends.</summary>
    public static int CountOverlaps(IReadOnlyList<LedgerTransaction> transactions)
    {
        var overlaps = 0;
        for (var i = 1; i < transactions.Count; i++)
        {
            if (transactions[i].Activation != transactions[i - 1].Activation && transactions[i].Started < transactions[i - 1].Ended) overlaps++;
        }

        return overlaps;
    }

    /// <summary>The number of transactions of an activation that came after another activation's: the two alternated.</summary>
    public static int CountInterleaved(IReadOnlyList<LedgerTransaction> transactions)
    {
        var succeeded = new HashSet<string>(StringComparer.Ordinal);
        var interleaved = 0;
        for (var i = 0; i < transactions.Count; i++)
        {
            var activation = transactions[i].Activation;
            if (succeeded.Contains(activation)) interleaved++;
            if (i > 0 && transactions[i - 1].Activation is var last && last != activation) succeeded.Add(last);
        }

        return interleaved;
    }
}
