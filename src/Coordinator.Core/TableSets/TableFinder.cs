using Coordinator.Core.Ledger;
using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Core.TableSets;

/// <summary>Finds the tables of an update's statements: explains what can be explained, prepares what the next statements need, and reports a
/// doubt for the rest.</summary>
public static class TableFinder
{
    /// <summary>The tables of every statement.</summary>
    /// <exception cref="WarehouseException">A statement is refused, and no earlier statement can be the reason.</exception>
    public static async Task<IReadOnlyList<StatementTables>> FindAsync(
        IReadOnlyList<SqlStatement> statements, IStatementExplainer explainer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statements);
        ArgumentNullException.ThrowIfNull(explainer);
        var found = new List<StatementTables>();
        var temporary = new HashSet<string>(StringComparer.Ordinal);
        var unknown = 0;
        foreach (var statement in statements)
        {
            var ordinal = found.Count + 1;
            try
            {
                found.Add(await FindAsync(statement, ordinal, temporary, explainer, cancellationToken).ConfigureAwait(false));
            }
            catch (WarehouseException e) when (e.Kind == FailureKind.Rejected)
            {
                if (unknown == 0) throw e.InStatement(ordinal, statements.Count);
                found.Add(new StatementTables(ordinal, [], [], $"it cannot be explained before statement {unknown} has run: {e.Message}"));
            }

            if (unknown == 0 && found[^1].Doubt is not null && statement.Kind is StatementKind.Other or StatementKind.DropTable) unknown = ordinal;
        }

        return found;
    }

    private static async Task<StatementTables> FindAsync(
        SqlStatement statement, int ordinal, HashSet<string> temporary, IStatementExplainer explainer, CancellationToken cancellationToken)
    {
        var nothing = new StatementTables(ordinal, [], []);
        switch (statement.Kind)
        {
            case StatementKind.Query or StatementKind.Write:
                return WithoutProtected(await explainer.ExplainAsync(statement, ordinal, cancellationToken).ConfigureAwait(false));
            case StatementKind.Setting:
                await explainer.PrepareAsync(statement.Kind, statement.Text, cancellationToken).ConfigureAwait(false);
                return nothing;
            case StatementKind.TemporaryTable:
                var tables = statement.Query is null
                    ? nothing
                    : WithoutProtected(await explainer.ExplainAsync(statement, ordinal, cancellationToken).ConfigureAwait(false));
                await explainer.PrepareAsync(statement.Kind, statement.WithNoData, cancellationToken).ConfigureAwait(false);
                temporary.Add(statement.Target[^1]);
                return tables;
            case StatementKind.DropTable when statement.DropsTemporary
                || (statement.Dropped.Count > 0 && statement.Dropped.All(name => temporary.Contains(name[^1]))):
                await explainer.PrepareAsync(statement.Kind, statement.Text, cancellationToken).ConfigureAwait(false);
                foreach (var name in statement.Dropped) temporary.Remove(name[^1]);
                return nothing;
            case StatementKind.Other when statement.Query is not null:
                var sources = WithoutProtected(await explainer.ExplainAsync(statement, ordinal, cancellationToken).ConfigureAwait(false));
                return sources with { Doubt = $"{statement.Verb} cannot be explained: the table that it makes is not there to be reserved" };
            default:
                return await explainer.ReadAsync(statement, ordinal, cancellationToken).ConfigureAwait(false) is { } read
                    ? WithoutProtected(read)
                    : nothing with { Doubt = $"{statement.Verb} cannot be explained" };
        }
    }

    /// <summary>Ledgers change with every batch of their tables and are never reserved. A write to a ledger is still reported, so that it is
    /// refused.</summary>
    private static StatementTables WithoutProtected(StatementTables tables)
    {
        var unreserved = tables.Reads.Where(static t => ProtectedSchemas.Contains(t)).ToList();
        if (unreserved.Count == 0) return tables;
        var doubt = unreserved.Exists(static t => t.Schema == LedgerNames.Schema)
            ? $"it touches schema {LedgerNames.Schema}, where the ledgers are"
            : $"it reads {unreserved[0]}, which cannot be reserved";
        return tables with { Reads = [.. tables.Reads.Except(unreserved)], Doubt = tables.Doubt ?? doubt };
    }
}
