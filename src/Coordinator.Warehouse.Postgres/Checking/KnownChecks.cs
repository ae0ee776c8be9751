using System.Collections.Concurrent;
using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;
using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Postgres.Copying;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Checking;

/// <summary>The CHECKs that rejected rows. While a table's rejections go on, one question finds the rows that these will reject, where otherwise each
/// such row costs a COPY.</summary>
internal sealed class KnownChecks
{
    private const int MaxOfTable = 8;

    // Bounded by the number of tables in the warehouse. A null is a CHECK that cannot be asked.
    private readonly ConcurrentDictionary<TableName, ConcurrentDictionary<string, CheckConstraint?>> _known = new();

    /// <summary>The rejections of intents with rows that a known CHECK rejects, one an intent.</summary>
    /// <param name="transaction">A transaction that has run <see cref="SavedRowCopy.Save"/>.</param>
    /// <param name="schema">The table.</param>
    /// <param name="intents">The intents.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IReadOnlyList<WarehouseException>> FindAsync(
        OpenTransaction transaction, TableSchema schema, IReadOnlyList<InsertIntent> intents, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(schema.Table, out var known)) return [];
        var rejected = new Dictionary<IntentId, WarehouseException>();
        var groups = RowGroup.Split(schema, intents);
        foreach (var check in known.Values.OfType<CheckConstraint>())
        {
            foreach (var group in groups)
            {
                foreach (var row in await AskAsync(check, group).ConfigureAwait(false))
                {
                    if (group.Find(row) is { } at) rejected.TryAdd(at.Intent, check.Rejection(at));
                }
            }
        }

        return [.. rejected.Values];

        async Task<IReadOnlyList<long>> AskAsync(CheckConstraint check, RowGroup group)
        {
            try
            {
                return await transaction.RunBriefAsync(
                    token => CheckQuery.RunAsync(transaction.Connection, schema, check, group, token), cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (
                e is { InvariantSeverity: "ERROR", SqlState: ['4', '2', ..] or ['2', '2' or '3', ..] or ['0', 'A', ..] })
            {
                // The condition needs more than the columns that it names, such as a system column. Otherwise a value is the reason, and COPY
                // meets it, too.
                if (e.SqlState.StartsWith("42", StringComparison.Ordinal)) known[check.Name] = null;
                await SavedRowCopy.RollBackAsync(transaction, cancellationToken).ConfigureAwait(false);
                return [];
            }
        }
    }

    /// <summary>Remembers the CHECKs of rejections.</summary>
    public async Task LearnAsync(
        OpenTransaction transaction, TableSchema schema, IReadOnlyList<WarehouseException> rejections, CancellationToken cancellationToken)
    {
        foreach (var rejection in rejections)
        {
            if (CheckConstraint.NameOf(rejection, schema.Table) is not { } name) continue;
            var known = _known.GetOrAdd(schema.Table, static _ => new(StringComparer.Ordinal));
            if (known.TryGetValue(name, out var check) ? check is null : known.Count >= MaxOfTable) continue;
            known[name] = await transaction.RunBriefAsync(
                token => CheckConstraint.FindAsync(transaction.Connection, schema, name, rejection, token), cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
