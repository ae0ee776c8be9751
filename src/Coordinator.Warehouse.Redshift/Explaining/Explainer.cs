using Coordinator.Core.Sql;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Catalog;
using Coordinator.Warehouse.Redshift.Failures;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>Explains statements in a session that is closed afterwards: without savepoints a refused statement ends the transaction.</summary>
internal sealed class Explainer(NpgsqlConnection connection) : IStatementExplainer
{
    /// <summary>The schema of temporary tables, which precedes all others.</summary>
    private const string Temporary = "pg_temp";

    private readonly HashSet<string> _temporary = new(StringComparer.Ordinal);
    private CatalogNames? _names;

    public async Task<StatementTables> ExplainAsync(SqlStatement statement, int ordinal, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        try
        {
            // A statement that is not a query itself is explained by its query.
            await using var explain = new NpgsqlCommand(
                "EXPLAIN " + (statement.QueryStart is { } start ? statement.Text[start..] : statement.Text), connection);
            await using var reader = await explain.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) lines.Add(reader.GetString(0));
        }
        catch (PostgresException e) when (WarehouseFailure.Of(e, TransactionStage.Work) is { Kind: FailureKind.Rejected } refused)
        {
            throw refused;
        }

        _names ??= await CatalogReader.NamesAsync(connection, cancellationToken).ConfigureAwait(false);
        var names = _names with
        {
            SearchPath = [Temporary, .. _names.SearchPath],
            Tables = _names.Tables.Concat(_temporary.Select(static name => new TableName(Temporary, name))).ToHashSet(),
        };
        var found = TouchedTables.Find(ordinal, statement, new PlanText(lines), names);
        return found with { Writes = [.. found.Writes.Where(IsLasting)], Reads = [.. found.Reads.Where(IsLasting)] };
    }

    public async Task PrepareAsync(StatementKind kind, string sql, CancellationToken cancellationToken)
    {
        var statement = SqlText.Split(sql, backslashEscapes: true)[0];
        await using var command = new NpgsqlCommand(kind == StatementKind.TemporaryTable ? Empty(statement) : sql, connection);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException e) when (WarehouseFailure.Of(e, TransactionStage.Work) is { Kind: FailureKind.Rejected } refused)
        {
            throw refused;
        }

        if (kind == StatementKind.TemporaryTable) _temporary.Add(statement.Target[^1]);
        foreach (var dropped in statement.Dropped) _temporary.Remove(dropped[^1]);
        // The setting may have changed the search path.
        if (kind == StatementKind.Setting) _names = null;
    }

    /// <summary>Redshift does not have WITH NO DATA.</summary>
    private static string Empty(SqlStatement statement)
    {
        if (statement.QueryStart is not { } start) return statement.Text;
        var end = statement.Tokens is [.., var with, _, var data] && with.IsWord("with") && data.IsWord("data") ? with.Start : statement.Text.Length;
        return $"{statement.Text[..start]} SELECT * FROM ({statement.Text[start..end]}\n) AS unfilled LIMIT 0";
    }

    private static bool IsLasting(TableName table) => table.Schema != Temporary;
}
