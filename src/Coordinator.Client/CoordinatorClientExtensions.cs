using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Client;

/// <summary>Overloads with the table's name as text: <c>events</c>, <c>sales.orders</c> or <c>"My Schema"."T"</c>.</summary>
public static class CoordinatorClientExtensions
{
    /// <inheritdoc cref="ICoordinatorClient.InsertAsync(TableName, RowBlock, WriteOptions?, CancellationToken)"/>
    /// <exception cref="FormatException">The text is not a table name.</exception>
    public static Task<WriteReceipt> InsertAsync(
        this ICoordinatorClient client, string table, RowBlock rows, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.InsertAsync(TableName.Parse(table), rows, options, cancellationToken);
    }

    /// <inheritdoc cref="ICoordinatorClient.InsertAsync{T}(TableName, IEnumerable{T}, WriteOptions?, CancellationToken)"/>
    /// <exception cref="FormatException">The text is not a table name.</exception>
    public static Task<WriteReceipt> InsertAsync<T>(
        this ICoordinatorClient client, string table, IEnumerable<T> rows, WriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.InsertAsync(TableName.Parse(table), rows, options, cancellationToken);
    }

    /// <inheritdoc cref="ICoordinatorClient.CreateBulkWriter{T}"/>
    /// <exception cref="FormatException">The text is not a table name.</exception>
    public static BulkWriter<T> CreateBulkWriter<T>(this ICoordinatorClient client, string table, BulkWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.CreateBulkWriter<T>(TableName.Parse(table), options);
    }
}
