using System.Data;
using Coordinator.Core.Auditing;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>DuckDB's ledgers for an audit.</summary>
internal sealed class LedgerReader(DuckDbConnections connections) : ILedgerReader
{
    public async Task<IReadOnlyList<LedgerName>> LedgersAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(LedgerSearch.Tables, cancellationToken).ConfigureAwait(false))
            .Select(static table => new LedgerName(table, DuckDbSql.Ledger(table)))];

    public async Task<IReadOnlyList<T>> AskAsync<T>(string sql, AuditSpan span, Func<IDataRecord, T> read, CancellationToken cancellationToken) =>
        await ReadAsync(session => session.Query(sql, read, span.From, span.To, (long)span.Limit), cancellationToken).ConfigureAwait(false);

    private async Task<List<T>> ReadAsync<T>(Func<DuckDbSession, List<T>> question, CancellationToken cancellationToken)
    {
        using var session = await connections.RentAsync(cancellationToken).ConfigureAwait(false);
        return await session.RunAsync(question, cancellationToken).ConfigureAwait(false);
    }
}
