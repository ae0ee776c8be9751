using Coordinator.Tables;

namespace Coordinator.Contention;

/// <summary>Reads contention over all silos. Each read makes one call to each silo.</summary>
public interface IContentionReader
{
    /// <summary>Reads the most contended tables.</summary>
    /// <param name="limit">The maximum number of tables; at least 1.</param>
    Task<ContentionOverview> ReadAsync(int limit);

    /// <summary>Reads all details of one table; null if no silo knows it.</summary>
    Task<TableDetail?> ReadAsync(TableName table);
}
