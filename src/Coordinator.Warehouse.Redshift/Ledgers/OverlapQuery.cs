using System.Globalization;
using System.Numerics;
using System.Text;
using Coordinator.Core.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>Reads a ledger for ranges without arrays: as few statements as the limit of parameters allows.</summary>
/// <remarks>The result contains more than the requested ranges: for each origin, everything between the lowest and the highest number of its
/// group. Groups consist of ranges whose first numbers have the same magnitude, so that a young writer does not cause a read of an old writer's
/// whole past.</remarks>
internal static class OverlapQuery
{
    /// <summary>Below Redshift's 32,767.</summary>
    public const int MaxParameters = 30_000;

    public static IEnumerable<NpgsqlBatchCommand> Commands(string quotedLedger, IReadOnlyList<SequenceRange> ranges, bool hasContent = true)
    {
        NpgsqlBatchCommand? command = null;
        var sql = new StringBuilder();
        var content = hasContent ? LedgerNames.Content : "NULL::char(36)";
        foreach (var group in ranges.GroupBy(static range => BitOperations.Log2((ulong)Math.Max(1, range.First)) / 2))
        {
            foreach (var chunk in group.GroupBy(static range => range.Origin).Chunk(MaxParameters - 2))
            {
                if (command is not null && command.Parameters.Count + chunk.Length + 2 > MaxParameters) yield return Finished();
                command ??= new NpgsqlBatchCommand();
                sql.Append(sql.Length == 0
                    ? $"SELECT origin, first_sequence, last_sequence, \"rows\", batch_id, ended_at, {content} FROM {quotedLedger} WHERE "
                    : " OR ");
                Append(sql, command.Parameters, chunk);
            }
        }

        if (command is not null) yield return Finished();

        NpgsqlBatchCommand Finished()
        {
            var finished = command!;
            finished.CommandText = sql.ToString();
            (command, _) = (null, sql.Clear());
            return finished;
        }
    }

    /// <summary>Reads a row of the result.</summary>
    public static KnownRange Read(NpgsqlDataReader reader) => new(
        new SequenceRange(Guid.Parse(reader.GetString(0)), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3),
            reader.IsDBNull(6) ? Guid.Empty : Guid.Parse(reader.GetString(6))),
        new LedgerEntry(Guid.Parse(reader.GetString(4)), new DateTimeOffset(reader.GetDateTime(5))));

    private static void Append(StringBuilder sql, NpgsqlParameterCollection parameters, IGrouping<Guid, SequenceRange>[] origins)
    {
        sql.Append("(origin IN (");
        foreach (var origin in origins)
        {
            parameters.AddTyped(origin.Key.ToString("D"), NpgsqlDbType.Varchar);
            sql.Append(CultureInfo.InvariantCulture, $"{(sql[^1] == '(' ? "" : ",")}${parameters.Count}");
        }

        parameters.AddTyped(origins.Min(static origin => origin.Min(static range => range.First)));
        parameters.AddTyped(origins.Max(static origin => origin.Max(static range => range.Last)));
        sql.Append(CultureInfo.InvariantCulture, $") AND last_sequence >= ${parameters.Count - 1} AND first_sequence <= ${parameters.Count})");
    }
}
