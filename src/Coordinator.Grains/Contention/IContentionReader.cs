using Coordinator.Contention;

namespace Coordinator.Grains.Contention;

/// <summary>Reads the contention of all tables on all silos.</summary>
public interface IContentionReader
{
    /// <summary>Every active table, by name. Costs one call a silo; a silo that does not answer is left out.</summary>
    Task<IReadOnlyList<TableContention>> ReadAsync();
}
