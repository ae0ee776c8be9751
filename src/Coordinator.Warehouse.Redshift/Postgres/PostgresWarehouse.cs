using System.Collections.Concurrent;
using Coordinator.Core.Ledger;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Postgres.Failures;
using Coordinator.Warehouse.Redshift.Postgres.Ledgers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>PostgreSQL as a warehouse: rows by binary COPY, side tables in schema coordinator, every transaction SERIALIZABLE by
/// default.</summary>
internal sealed partial class PostgresWarehouse : IWarehouse, IAsyncDisposable
{
    private readonly PostgresWarehouseOptions _options;
    private readonly FenceLimits _insertLimits;
    private readonly FenceLimits _updateLimits;
    private readonly NpgsqlDataSource _inserts;
    private readonly NpgsqlDataSource _updates;
    private readonly LedgerSetup _setup;
    private readonly ILogger _logger;

    // Bounded by the number of tables in the warehouse.
    private readonly ConcurrentDictionary<TableName, LedgerSql> _ledgers = new();
    private readonly ConcurrentDictionary<TableName, string> _writers = new();

    public PostgresWarehouse(IOptions<PostgresWarehouseOptions> options, ILoggerFactory loggers)
    {
        _options = options.Value;
        (_insertLimits, _updateLimits) = (FenceLimits.ForInserts(_options), FenceLimits.ForUpdates(_options));
        _inserts = PostgresDataSource.ForInserts(_options, loggers);
        _updates = PostgresDataSource.ForUpdates(_options, loggers);
        _logger = loggers.CreateLogger<PostgresWarehouse>();
        _setup = new LedgerSetup(_updates, FenceLimits.Waits(_options));
    }

    public string Name => "PostgreSQL";

    public async ValueTask DisposeAsync()
    {
        await _inserts.DisposeAsync().ConfigureAwait(false);
        await _updates.DisposeAsync().ConfigureAwait(false);
    }

    public Task CheckAsync(CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await using var command = _updates.CreateCommand("SELECT pg_is_in_recovery()");
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
            throw new WarehouseException(FailureKind.Unavailable, "PostgreSQL is a standby, which cannot be written to.");
        return true;
    });

    public Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        UpdateRules.Ensure(table);
        var found = await _setup.PrepareAsync(table, cancellationToken).ConfigureAwait(false);
        _ledgers[table] = new LedgerSql(table, found.IsLockable, found.HasDomains);
        return found.Schema;
    });

    public Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await using var connection = await _updates.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await RangeSearch.FindAsync(connection, table, ranges, cancellationToken).ConfigureAwait(false);
    });

    public Task<LedgerRecord?> FindAsync(IntentId id, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await using var connection = await _updates.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await LedgerSearch.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
    });

    public Task<IReadOnlyList<LedgerRun>> FindRunsAsync(Guid origin, int limit, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await using var connection = await _updates.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await LedgerSearch.RunsAsync(connection, origin, limit, cancellationToken).ConfigureAwait(false);
    });

    /// <summary>Runs a query that writes no rows.</summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> question)
    {
        try
        {
            return await question().ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresFailure.Of(e, TransactionStage.Fence) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Before an activation's first transaction: ends the sessions that its predecessor left open.</summary>
    private async ValueTask TakeOverAsync(TableName table, string activation, CancellationToken cancellationToken)
    {
        if (_writers.TryGetValue(table, out var writer) && writer == activation) return;
        var ended = await AskAsync(() => FrozenRivals.EndAsync(_updates, LedgerNames.Fence(table), _options.FrozenAfter, cancellationToken))
            .ConfigureAwait(false);
        if (ended > 0) LogFrozen(table, ended);
        _writers[table] = activation;
    }

    private async ValueTask<LedgerSql> LedgerAsync(TableName table, CancellationToken cancellationToken)
    {
        if (_ledgers.TryGetValue(table, out var ledger)) return ledger;
        await OpenAsync(table, cancellationToken).ConfigureAwait(false);
        return _ledgers.GetOrAdd(table, static name => new LedgerSql(name));
    }

    private WarehouseException? Judge(Exception e, TransactionStage stage, IEnumerable<TableName> tables)
    {
        var failure = PostgresFailure.Of(e, stage);
        if (failure?.IsOverlap == true) LogOverlap(string.Join(", ", tables), failure.Message);
        if (failure?.Kind == FailureKind.Unknown) LogUnknown(string.Join(", ", tables), failure.Message);
        // A side table may have been dropped. The next try checks again, and creates it.
        if (stage == TransactionStage.Fence && failure?.Kind == FailureKind.Unavailable)
        {
            foreach (var table in tables) _ledgers.TryRemove(table, out _);
        }

        return failure;
    }
}
