using System.Data;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Tables;

namespace Coordinator.Core.Auditing;

/// <summary>Finds writers and overlaps of activations in the ledger of one table or in all ledgers.</summary>
public sealed class LedgerAudit(ILedgerReader reader)
{
    /// <summary>Committed transactions, ordered by their end, latest first.</summary>
    /// <exception cref="WarehouseException">Rejected when the table has no ledger.</exception>
    public Task<AuditAnswer<LedgerWrite>> WritesAsync(TableName? table, AuditSpan span, CancellationToken cancellationToken) =>
        AskAsync(table, span, AuditSql.Writes, AuditSql.ReadWrite, static write => write.EndedAt, cancellationToken);

    /// <summary>Pairs of transactions of different activations of one table that were open at the same time, ordered by their beginning, latest
    /// first.</summary>
    /// <exception cref="WarehouseException">Rejected when the table has no ledger.</exception>
    public Task<AuditAnswer<LedgerOverlap>> OverlapsAsync(TableName? table, AuditSpan span, CancellationToken cancellationToken) =>
        AskAsync(table, span, AuditSql.Overlaps, AuditSql.ReadOverlap, static overlap => overlap.Second.StartedAt, cancellationToken);

    private async Task<AuditAnswer<T>> AskAsync<T>(
        TableName? table, AuditSpan span, Func<string, string> sql, Func<IDataRecord, TableName, T> read, Func<T, DateTimeOffset> when,
        CancellationToken cancellationToken)
    {
        var ledgers = await LedgersAsync(table, cancellationToken).ConfigureAwait(false);
        var newest = new List<T>();
        var isCut = false;
        foreach (var ledger in ledgers)
        {
            // One more than the limit shows whether there are more.
            var found = await reader.AskAsync(sql(ledger.Sql), span with { Limit = span.Limit + 1 }, record =>
                read(record, ledger.Table), cancellationToken).ConfigureAwait(false);
            newest = [.. newest.Concat(found).OrderByDescending(when)];
            isCut |= newest.Count > span.Limit;
            if (newest.Count > span.Limit) newest.RemoveRange(span.Limit, newest.Count - span.Limit);
        }

        return new AuditAnswer<T>(ledgers.Count, newest, isCut);
    }

    private async Task<IReadOnlyList<LedgerName>> LedgersAsync(TableName? table, CancellationToken cancellationToken)
    {
        var all = await reader.LedgersAsync(cancellationToken).ConfigureAwait(false);
        if (table is not { } name) return all;
        var its = all.Where(ledger => ledger.Table == name).ToList();
        if (its.Count > 0) return its;
        var hint = NearestName.Hint(name.ToString(), all.Select(static ledger => ledger.Table.ToString()));
        throw new WarehouseException(FailureKind.Rejected, $"{name} has no ledger: nothing was ever written to it through the coordinator.{hint}");
    }
}
