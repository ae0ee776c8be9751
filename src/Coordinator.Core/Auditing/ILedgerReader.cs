using System.Data;

namespace Coordinator.Core.Auditing;

/// <summary>Read-only access to the ledgers of a warehouse without a silo. Every failure is a
/// <see cref="Warehouses.WarehouseException"/>.</summary>
public interface ILedgerReader
{
    /// <summary>Lists all ledgers.</summary>
    Task<IReadOnlyList<LedgerName>> LedgersAsync(CancellationToken cancellationToken);

    /// <summary>Runs a query of <see cref="AuditSql"/> on one ledger, in a separate transaction: a transaction that reads several ledgers could
    /// be part of a cycle that makes a writer fail.</summary>
    Task<IReadOnlyList<T>> AskAsync<T>(string sql, AuditSpan span, Func<IDataRecord, T> read, CancellationToken cancellationToken);
}
