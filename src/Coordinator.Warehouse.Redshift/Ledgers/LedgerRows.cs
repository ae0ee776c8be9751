using System.Globalization;
using System.Text;
using Coordinator.Core.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>Adds ranges to a ledger: multi-row INSERTs within the limit of parameters.</summary>
internal static class LedgerRows
{
    private const int Shared = 4;
    private const int PerRow = 5;
    private const int MaxRows = (OverlapQuery.MaxParameters - Shared) / PerRow;

    public static IEnumerable<NpgsqlBatchCommand> Commands(string quotedLedger, IReadOnlyList<SequenceRange> ranges, LedgerStamp stamp)
    {
        foreach (var chunk in ranges.Chunk(MaxRows))
        {
            var sql = new StringBuilder($"INSERT INTO {quotedLedger} (origin, first_sequence, last_sequence, \"rows\", {LedgerNames.Content}, "
                + $"batch_id, activation, started_at, ended_at) VALUES ");
            var command = new NpgsqlBatchCommand();
            command.Parameters.AddTyped(stamp.BatchId.ToString("D"), NpgsqlDbType.Varchar);
            command.Parameters.AddTyped(stamp.Activation.ToString(), NpgsqlDbType.Varchar);
            command.Parameters.AddTyped(stamp.StartedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
            command.Parameters.AddTyped(stamp.EndedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
            foreach (var range in chunk)
            {
                var at = command.Parameters.Count;
                command.Parameters.AddTyped(range.Origin.ToString("D"), NpgsqlDbType.Varchar);
                command.Parameters.AddTyped(range.First);
                command.Parameters.AddTyped(range.Last);
                command.Parameters.AddTyped(range.Rows);
                command.Parameters.Add(new NpgsqlParameter
                {
                    NpgsqlDbType = NpgsqlDbType.Varchar,
                    Value = range.Content == Guid.Empty ? DBNull.Value : range.Content.ToString("D")
                });
                sql.Append(CultureInfo.InvariantCulture,
                    $"{(at == Shared ? "" : ",")}(${at + 1},${at + 2},${at + 3},${at + 4},${at + 5},$1,$2,$3,$4)");
            }

            command.CommandText = sql.ToString();
            yield return command;
        }
    }
}
