using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Warehouse.Postgres.Failures;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Copying;

/// <summary>Sends rows with COPY: one COPY for all rows with the same columns.</summary>
internal static class RowCopy
{
    public static async Task WriteAsync(
        NpgsqlConnection connection, TableSchema schema, IReadOnlyList<InsertIntent> intents, CancellationToken cancellationToken)
    {
        foreach (var group in RowGroup.Split(schema, intents))
        {
            try
            {
                await WriteAsync(connection, schema, group, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (
                WarehouseFailure.Of(e, TransactionStage.Work) is { Kind: FailureKind.Rejected, Row: > 0 } refused
                && e.Where!.StartsWith($"COPY {schema.Table.Table}, line ", StringComparison.Ordinal))
            {
                throw refused.InRow(group.Find(refused.Row));
            }
        }
    }

    private static async Task WriteAsync(NpgsqlConnection connection, TableSchema schema, RowGroup group, CancellationToken cancellationToken)
    {
        using var encoder = new RowEncoder(group.Columns);
        var sql = $"COPY {schema.SqlName} ({string.Join(", ", group.Columns.Select(static column => column.SqlName))}) FROM STDIN (FORMAT BINARY)";
        var stream = await connection.BeginRawBinaryCopyAsync(sql, cancellationToken).ConfigureAwait(false);
        try
        {
            encoder.WriteHeader();
            foreach (var rows in group.Blocks)
            {
                for (var row = encoder.WriteRows(rows, 0, rows.RowCount); row < rows.RowCount; row = encoder.WriteRows(rows, row, rows.RowCount))
                    await SendAsync().ConfigureAwait(false);
            }

            await SendAsync().ConfigureAwait(false);
            encoder.WriteTrailer();
            await SendAsync().ConfigureAwait(false);
        }
        catch
        {
            await GiveUpAsync(stream).ConfigureAwait(false);
            throw;
        }

        // Ends the COPY. The server reports errors of the rows here.
        await stream.DisposeAsync().ConfigureAwait(false);

        async ValueTask SendAsync()
        {
            await stream.WriteAsync(encoder.Pending, cancellationToken).ConfigureAwait(false);
            encoder.Clear();
        }
    }

    /// <summary>Cancels the COPY. Disposing alone would complete it.</summary>
    private static async Task GiveUpAsync(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is lost, and the COPY with it.
        }
    }
}
