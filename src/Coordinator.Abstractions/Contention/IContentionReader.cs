using Coordinator.Tables;

namespace Coordinator.Contention;

/// <summary>Reads contention over all silos. Each question costs one call a silo.</summary>
public interface IContentionReader
{
    /// <summary>The most contended tables.</summary>
    /// <param name="limit">How many; at least 1.</param>
    Task<ContentionOverview> ReadAsync(int limit);

    /// <summary>All about one table; null if no silo knows it.</summary>
    Task<TableDetail?> ReadAsync(TableName table);
}
