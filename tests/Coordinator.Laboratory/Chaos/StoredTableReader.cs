using Coordinator.Core.Ledger;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Simulation.Histories;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Laboratory.Chaos;

/// <summary>Reads a table of <see cref="ChaosRow"/> and its ledger.</summary>
internal static class StoredTableReader
{
    public static async Task<StoredTable> ReadAsync(NpgsqlDataSource source, string table, CancellationToken ct) =>
        new(table, await RowsAsync(source, table, ct), await HasLedgerAsync(source, table, ct) ? await LedgerAsync(source, table, ct) : []);

    private static async Task<IReadOnlyList<StoredRow>> RowsAsync(NpgsqlDataSource source, string table, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"SELECT id, {ChaosRow.ValueSql} FROM {table}");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<StoredRow>();
        while (await reader.ReadAsync(ct)) rows.Add(new StoredRow(reader.GetInt64(0), reader.GetString(1)));
        return rows;
    }

    /// <summary>A table has a ledger from its first commit on.</summary>
    private static async Task<bool> HasLedgerAsync(NpgsqlDataSource source, string table, CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT to_regclass($1) IS NOT NULL");
        command.Parameters.AddWithValue(LedgerNames.Ledger(TableName.Parse(table)).ToString());
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<IReadOnlyList<StoredRange>> LedgerAsync(NpgsqlDataSource source, string table, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"""
            SELECT origin, first_sequence, last_sequence, batch_id, activation, started_at, ended_at
            FROM {LedgerNames.Ledger(TableName.Parse(table))} WHERE first_sequence >= 0
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ranges = new List<StoredRange>();
        while (await reader.ReadAsync(ct))
        {
            ranges.Add(new StoredRange(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetGuid(3), reader.GetString(4),
                reader.GetDateTime(5), reader.GetDateTime(6)));
        }

        return ranges;
    }
}
