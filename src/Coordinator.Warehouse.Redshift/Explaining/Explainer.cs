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

    private const string NotSupported = "0A000";

    private readonly HashSet<string> _temporary = new(StringComparer.OrdinalIgnoreCase);
    private CatalogNames? _names;

    public async Task<StatementTables> ExplainAsync(SqlStatement statement, int ordinal, CancellationToken cancellationToken)
    {
        // A statement that makes a table is explained by its query: the name of its table may be that of another one.
        if (statement.Query is { } query && SqlText.Split(query, SqlDialect.Redshift) is [var filling]) statement = filling;
        string? doubt = null;
        var sql = statement.Verb == "MERGE" ? MergeText.Source(statement, out doubt) : statement.Text;
        if (sql is null) return new StatementTables(ordinal, [], [], "MERGE has no USING … ON");
        var lines = new List<string>();
        try
        {
            await using var explain = new NpgsqlCommand("EXPLAIN " + sql, connection);
            await using var reader = await explain.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) lines.Add(reader.GetString(0));
        }
        catch (PostgresException e) when (WarehouseFailure.Of(e, TransactionStage.Work) is { Kind: FailureKind.Rejected } refused)
        {
            // Redshift may run what it does not explain.
            if (e.SqlState != NotSupported && statement.Verb != "MERGE") throw refused;
            return new StatementTables(ordinal, [], [], $"Redshift does not explain it: {refused.Message}");
        }

        var found = TouchedTables.Find(ordinal, statement, new PlanText(lines), await NamesAsync(cancellationToken).ConfigureAwait(false));
        return Lasting(doubt is null ? found : found with { Doubt = found.Doubt is null ? doubt : $"{found.Doubt}, {doubt}" });
    }

    public async Task<StatementTables?> ReadAsync(SqlStatement statement, int ordinal, CancellationToken cancellationToken)
    {
        var tokens = statement.Tokens;
        switch (statement.Verb)
        {
            case "COPY":
                return Lasting(TouchedTables.OfTarget(ordinal, SqlNames.At(tokens, 1), await NamesAsync(cancellationToken).ConfigureAwait(false)));
            case "UNLOAD" when tokens is [_, var open, var quoted, ..] && open.Is('(') && SqlBody.Text(quoted, SqlDialect.Redshift) is { } query
                && SqlText.Split(query, SqlDialect.Redshift) is [{ Kind: StatementKind.Query } select]:
                return await ExplainAsync(select, ordinal, cancellationToken).ConfigureAwait(false);
            case "CALL":
                return Unknown("CALL cannot be explained: Redshift does not say which tables a procedure touches");
            case "ANALYZE" or "ANALYSE":
                return Unknown("ANALYZE cannot be explained; leave it out, because Redshift analyzes tables by itself");
            default:
                return null;
        }

        StatementTables Unknown(string doubt) => new(ordinal, [], [], doubt);
    }

    public async Task PrepareAsync(StatementKind kind, string sql, CancellationToken cancellationToken)
    {
        var statement = SqlText.Split(sql, SqlDialect.Redshift)[0];
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
        // The setting may have changed the search path, or the case of names.
        if (kind == StatementKind.Setting) _names = null;
    }

    private async Task<CatalogNames> NamesAsync(CancellationToken cancellationToken)
    {
        _names ??= await CatalogReader.NamesAsync(connection, cancellationToken).ConfigureAwait(false);
        var temporary = _temporary.Select(name => new TableName(Temporary, _names.Fold(name)));
        return _names with { SearchPath = [Temporary, .. _names.SearchPath], Tables = _names.Tables.Concat(temporary).ToHashSet() };
    }

    /// <summary>Redshift does not have WITH NO DATA.</summary>
    private static string Empty(SqlStatement statement)
    {
        if (statement.Query is not { } query) return statement.Text;
        var end = statement.Tokens is [.., var with, _, var data] && with.IsWord("with") && data.IsWord("data") ? with.Start : statement.Text.Length;
        var start = statement.Text.Length - query.Length;
        return $"{statement.Text[..start]} SELECT * FROM ({statement.Text[start..end]}\n) AS unfilled LIMIT 0";
    }

    private static StatementTables Lasting(StatementTables found) =>
        found with { Writes = [.. found.Writes.Where(IsLasting)], Reads = [.. found.Reads.Where(IsLasting)] };

    private static bool IsLasting(TableName table) => table.Schema != Temporary;
}
