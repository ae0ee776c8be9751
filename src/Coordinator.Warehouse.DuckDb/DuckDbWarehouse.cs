using System.Collections.Concurrent;
using Coordinator.Core.Binding;
using Coordinator.Core.Ledger;
using Coordinator.Core.Sql;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;
using DuckDB.NET.Data;
using Microsoft.Extensions.Options;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>The embedded warehouse: no installation, one process.</summary>
internal sealed class DuckDbWarehouse(DuckDbConnections connections, IOptions<DuckDbWarehouseOptions> options, TimeProvider time)
    : IWarehouse, IDisposable
{
    // Two concurrent DDL transactions would conflict in the catalog. One process has the database, so a lock in the process is enough.
    private readonly SemaphoreSlim _creating = new(1);
    private readonly ConcurrentDictionary<TableName, bool> _opened = new();
    private readonly LedgerRetention _retention = options.Value.Ledger.ToRetention(time);

    public string Name => "DuckDB";

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var session = await connections.RentAsync(cancellationToken).ConfigureAwait(false);
        await session.RunAsync(static s => s.Query("SELECT count(*) FROM duckdb_schemas()", static r => r.GetInt64(0)), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The warehouse is in this process.</summary>
    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => Task.FromResult(time.GetUtcNow());

    /// <summary>The database's file.</summary>
    public Task<string> IdentifyAsync(CancellationToken cancellationToken) => Task.FromResult($"DuckDB {connections.Source}");

    public async Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken)
    {
        UpdateRules.Ensure(table);
        await _creating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var schema = await WarehouseTransaction.RunAsync(
                connections,
                session =>
                {
                    var read = CatalogReader.Read(session, table);
                    DuckDbLedger.Create(session, table);
                    return (read, Commit: true);
                },
                static _ => ValueTask.FromResult(true),
                cancellationToken).ConfigureAwait(false);
            _opened[table] = true;
            return schema;
        }
        finally
        {
            _creating.Release();
        }
    }

    public Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return WarehouseTransaction.RunAsync(connections, session => Insert(session, batch), batch.MayCommit, cancellationToken);
    }

    public async Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken)
    {
        using var session = await connections.RentAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var explainer = new Explainer(session);
            await explainer.BeginAsync(cancellationToken).ConfigureAwait(false);
            return await TableFinder.FindAsync(SqlText.Split(sql), explainer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await session.RollbackAsync().ConfigureAwait(false);
        }
    }

    public async Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        UpdateRules.Ensure(run.Intent);
        var tables = run.Intent.Writes.Distinct().Order().ToArray();
        foreach (var table in tables)
        {
            if (!_opened.ContainsKey(table)) await OpenAsync(table, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await WarehouseTransaction.RunAsync(connections, session => Update(session, run, tables), run.MayCommit, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (WarehouseException e) when (e.Kind == FailureKind.SchemaChanged)
        {
            // A side table is missing. The next try creates it. An update is bound to no columns.
            foreach (var table in tables) _opened.TryRemove(table, out _);
            throw new WarehouseException(FailureKind.Conflict, e.Message, e);
        }
    }

    public async Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken)
    {
        using var session = await connections.RentAsync(cancellationToken).ConfigureAwait(false);
        return await session.RunAsync(s => DuckDbLedger.FindAny(s, table, ranges), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<TableName>> LedgersAsync(CancellationToken cancellationToken)
    {
        using var session = await connections.RentAsync(cancellationToken).ConfigureAwait(false);
        return await session.RunAsync(LedgerSearch.Tables, cancellationToken).ConfigureAwait(false);
    }

    public async Task<FoundRange?> FindAsync(IReadOnlyList<TableName> tables, IntentId id, CancellationToken cancellationToken)
    {
        using var session = await connections.RentAsync(cancellationToken).ConfigureAwait(false);
        return await session.RunAsync(s => LedgerSearch.Find(s, tables, id), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<LedgerRun>> FindRunsAsync(
        IReadOnlyList<TableName> tables, Guid origin, int limit, CancellationToken cancellationToken)
    {
        using var session = await connections.RentAsync(cancellationToken).ConfigureAwait(false);
        return await session.RunAsync(s => LedgerSearch.Runs(s, tables, origin, limit), cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _creating.Dispose();

    private (BatchResult Result, bool Commit) Insert(DuckDbSession session, InsertBatch batch)
    {
        var table = batch.Schema.Table;
        var startedAt = Now();
        DuckDbLedger.MeetRivals(session, table);
        var found = new KnownRanges(DuckDbLedger.Find(session, table, SequenceRanges.Of(batch.Intents)));
        var (intents, already) = found.Divide(batch.Intents);
        if (intents.Count == 0) return (BatchResult.WithoutRows(already), Commit: false);
        CatalogReader.MakeSure(session, batch.Schema);
        Write(session, batch.Schema, intents);
        var endedAt = Now();
        if (_retention.PruneBefore(table) is { } before) DuckDbLedger.Prune(session, table, before);
        DuckDbLedger.Write(session, table, found.ToRecord(intents), batch.BatchId, batch.Activation, startedAt, endedAt);
        return (new BatchResult(endedAt, already), Commit: true);
    }

    private static void Write(DuckDbSession session, TableSchema schema, IReadOnlyList<InsertIntent> intents)
    {
        try
        {
            foreach (var group in RowGroup.Split(schema, intents)) DuckDbRows.Write(session, schema, group);
        }
        catch (DuckDBException e) when (WarehouseFailure.IsMissingTable(e))
        {
            throw new WarehouseException(FailureKind.SchemaChanged, $"{schema.Table} is no longer a table: {e.Message}", e);
        }
    }

    private (UpdateResult Result, bool Commit) Update(DuckDbSession session, UpdateRun run, TableName[] tables)
    {
        var startedAt = Now();
        foreach (var table in tables) DuckDbLedger.MeetRivals(session, table);
        var known = tables.SelectMany(table => DuckDbLedger.Find(session, table, [run.Range])).ToArray();
        foreach (var (found, entry) in known)
        {
            if (found.First <= run.Range.First && run.Range.First <= found.Last)
                return (new UpdateResult(entry.CommittedAt, found.Rows, entry) { Range = found }, Commit: false);
        }

        var transaction = TransactionId(session);
        var statementRows = Run(session, SqlText.Split(run.Intent.Sql));
        var rows = statementRows.Sum();
        if (TransactionId(session) != transaction)
            throw new WarehouseException(FailureKind.Rejected, "The SQL ended its transaction. Leave BEGIN, COMMIT and ROLLBACK to the coordinator.");
        var endedAt = Now();
        var range = run.RangeBefore(known.Select(static k => k.Range.First), rows);
        foreach (var table in tables)
        {
            if (_retention.PruneBefore(table) is { } before) DuckDbLedger.Prune(session, table, before);
        }

        foreach (var table in tables) DuckDbLedger.Write(session, table, [range], run.BatchId, run.Activation, startedAt, endedAt);
        return (new UpdateResult(endedAt, rows, Already: null) { Range = range, StatementRows = statementRows }, Commit: true);
    }

    private static long[] Run(DuckDbSession session, IReadOnlyList<SqlStatement> statements)
    {
        if (statements.Count == 0) throw new WarehouseException(FailureKind.Rejected, "The SQL holds no statement.");
        session.Retire();
        var rows = new long[statements.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            try
            {
                rows[i] = Math.Max(0, session.Execute(statements[i].Text));
            }
            catch (DuckDBException e) when (WarehouseFailure.Translate(e) is { Kind: FailureKind.Rejected } refused)
            {
                throw refused.InStatement(i + 1, rows.Length);
            }
        }

        return rows;
    }

    private static long TransactionId(DuckDbSession session) =>
        session.Query("SELECT txid_current()", static reader => Convert.ToInt64(reader.GetValue(0), null))[0];

    /// <summary>To the microsecond, the precision of the ledger, so that a receipt and the ledger agree.</summary>
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
