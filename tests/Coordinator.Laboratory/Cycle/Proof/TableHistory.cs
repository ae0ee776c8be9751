using Coordinator.Core.Ledger;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>Everything that was committed to one table, in the order of its ledger, and the table's contents after each transaction.</summary>
/// <remarks>Rows and ledger entries are matched by PostgreSQL's transaction id, so none can be attributed to another transaction.</remarks>
internal sealed class TableHistory
{
    private readonly Dictionary<string, TableTurn> _byTransaction;
    private readonly Dictionary<long, long> _sumByCount = [];
    private readonly List<(DateTime Ended, long Count, long Sum)> _states = [];

    private TableHistory(IReadOnlyList<TableTurn> turns, long strangers)
    {
        Turns = turns;
        Strangers = strangers;
        _byTransaction = turns.ToDictionary(static t => t.Transaction, StringComparer.Ordinal);
        // Row 0 exists from the start.
        long count = 1, sum = 0;
        _states.Add((DateTime.MinValue, count, sum));
        foreach (var turn in turns) _states.Add((turn.Ended, count += turn.Count, sum += turn.Sum));
        foreach (var (_, c, s) in _states) _sumByCount[c] = s;
    }

    public IReadOnlyList<TableTurn> Turns { get; }

    /// <summary>Transactions that wrote rows without a ledger row. There are none unless a writer bypasses the coordinator.</summary>
    public long Strangers { get; }

    public static async Task<TableHistory> ReadAsync(NpgsqlDataSource warehouse, string table)
    {
        await using var command = warehouse.CreateCommand($"""
            SELECT coalesce(l.transaction, ''), l.batch_id, l.started_at, l.ended_at, coalesce(d.count, 0), coalesce(d.sum, 0)
            FROM (SELECT DISTINCT xmin::text AS transaction, batch_id::text, started_at, ended_at FROM {LedgerNames.Ledger(TableName.Parse(table))}) AS l
            FULL JOIN (SELECT xmin::text AS transaction, count(*) AS count, sum(value + added)::bigint AS sum FROM {table} WHERE id <> 0 GROUP BY 1) AS d USING (transaction)
            ORDER BY l.ended_at
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var turns = new List<TableTurn>();
        var strangers = 0;
        while (await reader.ReadAsync())
        {
            if (await reader.IsDBNullAsync(1)) strangers++;
            else turns.Add(new TableTurn(reader.GetString(0), Guid.Parse(reader.GetString(1)), reader.GetDateTime(2), reader.GetDateTime(3),
                reader.GetInt64(4), reader.GetInt64(5)));
        }

        return new TableHistory(turns, strangers);
    }

    public TableTurn Turn(string transaction) => _byTransaction[transaction];

    /// <summary>The table's contents after all transactions that had ended by a moment.</summary>
    public (long Count, long Sum) At(DateTime moment)
    {
        int low = 0, high = _states.Count;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (_states[middle].Ended <= moment) low = middle;
            else high = middle;
        }

        return (_states[low].Count, _states[low].Sum);
    }

    /// <summary>Whether the table ever had these contents between two transactions.</summary>
    public bool EverHeld(long count, long sum) => _sumByCount.TryGetValue(count, out var held) && held == sum;
}
