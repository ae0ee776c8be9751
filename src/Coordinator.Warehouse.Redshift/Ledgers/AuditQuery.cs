using System.Data;
using Coordinator.Core.Auditing;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>Asks one ledger a question of an audit.</summary>
internal static class AuditQuery
{
    public static async Task<IReadOnlyList<T>> AskAsync<T>(
        NpgsqlConnection connection, string sql, AuditSpan span, Func<IDataRecord, T> read, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddTyped(span.From.UtcDateTime);
        command.Parameters.AddTyped(span.To.UtcDateTime);
        command.Parameters.AddTyped(span.Limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(read(reader));
        return found;
    }
}
