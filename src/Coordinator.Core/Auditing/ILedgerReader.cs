using System.Data;

namespace Coordinator.Core.Auditing;

/// <summary>Reads the ledgers of a warehouse without a silo, and writes nothing. Every failure is a <see cref="Warehouses.WarehouseException"/>.</summary>
public interface ILedgerReader
{
    /// <summary>All ledgers.</summary>
    Task<IReadOnlyList<LedgerName>> LedgersAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Asks one ledger one of the questions of <see cref="AuditSql"/>, in a transaction of its own: one that had read several ledgers could be the part of a cycle
    /// that makes a writer fail.
    /// </summary>
    Task<IReadOnlyList<T>> AskAsync<T>(string sql, AuditSpan span, Func<IDataRecord, T> read, CancellationToken cancellationToken);
}
