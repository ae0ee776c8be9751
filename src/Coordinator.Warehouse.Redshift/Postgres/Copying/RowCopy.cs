using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres.Copying;

/// <summary>Sends rows with one COPY.</summary>
internal static class RowCopy
{
    public static async Task WriteAsync(NpgsqlConnection connection, TableSchema schema, IReadOnlyList<InsertIntent> intents, CancellationToken cancellationToken)
    {
        var names = intents[0].Rows.Schema.Names;
        using var encoder = new RowEncoder([.. names.Select(name => CopyColumn.Of(schema.Find(name)
            ?? throw new InvalidOperationException($"Column {name} was not bound to {schema.Table}.")))]);
        var sql = $"COPY {SqlName.Of(schema.Table)} ({string.Join(", ", names.Select(SqlName.Of))}) FROM STDIN (FORMAT BINARY)";
        var stream = await connection.BeginRawBinaryCopyAsync(sql, cancellationToken).ConfigureAwait(false);
        try
        {
            encoder.WriteHeader();
            foreach (var intent in intents)
            {
                var rows = intent.Rows;
                for (var row = encoder.WriteRows(rows, 0, rows.RowCount); row < rows.RowCount; row = encoder.WriteRows(rows, row, rows.RowCount)) await SendAsync().ConfigureAwait(false);
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

        // Ends the COPY; here the server tells what it thinks of the rows.
        await stream.DisposeAsync().ConfigureAwait(false);

        async ValueTask SendAsync()
        {
            await stream.WriteAsync(encoder.Pending, cancellationToken).ConfigureAwait(false);
            encoder.Clear();
        }
    }

    /// <summary>Without this, disposing would end the COPY as if it were complete.</summary>
    private static async Task GiveUpAsync(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is dead, and with it the COPY.
        }
    }
}
