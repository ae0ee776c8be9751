using System.Collections.Concurrent;
using Coordinator.Core.Ledger;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Redshift.Failures;
using Coordinator.Warehouse.Redshift.Redshift.Isolation;
using Coordinator.Warehouse.Redshift.Redshift.Ledgers;
using Coordinator.Warehouse.Redshift.Redshift.Outcomes;
using Coordinator.Warehouse.Redshift.Redshift.Staging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Redshift;

/// <summary>Amazon Redshift as a warehouse: rows by multi-row INSERT or from files in S3, side tables in schema coordinator, transactions in the
/// form that the database's isolation level needs.</summary>
internal sealed partial class RedshiftWarehouse : IWarehouse, IAsyncDisposable
{
    private readonly RedshiftWarehouseOptions _options;
    private readonly NpgsqlDataSource _own;
    private readonly NpgsqlDataSource _updates;
    private readonly NpgsqlDataSource _questions;
    private readonly RedshiftLedgerSetup _setup;
    private readonly StagingArea _staging;
    private readonly LostSession _lost;
    private readonly SemaphoreSlim _commits;
    private readonly SemaphoreSlim _updateSessions;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // Bounded by the number of tables in the warehouse.
    private readonly ConcurrentDictionary<TableName, RedshiftLedgerSql> _ledgers = new();
    private readonly ConcurrentDictionary<TableName, string> _writers = new();
    private readonly ConcurrentDictionary<TableName, DateTimeOffset> _pruned = new();
    private IsolationLevel? _isolation;

    public RedshiftWarehouse(IOptions<RedshiftWarehouseOptions> options, StagingArea staging, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options.Value;
        _own = RedshiftDataSource.ForOwnStatements(_options, loggers);
        _updates = RedshiftDataSource.ForUpdates(_options, loggers);
        _questions = RedshiftDataSource.ForQuestions(_options, loggers);
        _commits = new SemaphoreSlim(_options.MaxConcurrentCommits);
        _updateSessions = new SemaphoreSlim(_options.MaxConnections);
        _staging = staging;
        _time = time;
        _logger = loggers.CreateLogger<RedshiftWarehouse>();
        _setup = new RedshiftLedgerSetup(_own);
        _lost = new LostSession(_updates, _options.OutcomeTimeout, time);
    }

    public string Name => _isolation is { } isolation ? $"Redshift ({isolation.ToString().ToUpperInvariant()})" : "Redshift";

    public async ValueTask DisposeAsync()
    {
        await _own.DisposeAsync().ConfigureAwait(false);
        await _updates.DisposeAsync().ConfigureAwait(false);
        await _questions.DisposeAsync().ConfigureAwait(false);
        _commits.Dispose();
        _updateSessions.Dispose();
    }

    /// <summary>Reads the isolation level each time, because an operator may change it.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var isolation = await IsolationDetector.DetectAsync(_own, cancellationToken).ConfigureAwait(false);
        if (_isolation != isolation) LogIsolation(isolation);
        _isolation = isolation;
        return isolation;
    });

    public Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        UpdateRules.Ensure(table);
        var schema = await _setup.PrepareAsync(table, cancellationToken).ConfigureAwait(false);
        _ledgers.TryAdd(table, new RedshiftLedgerSql(table));
        return schema;
    });

    public Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await using var connection = await _own.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await RedshiftRangeSearch.FindAsync(connection, table, ranges, cancellationToken).ConfigureAwait(false);
    });

    public Task<LedgerRecord?> FindAsync(IntentId id, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await using var connection = await _own.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await RedshiftLedgerSearch.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
    });

    public Task<IReadOnlyList<LedgerRun>> FindRunsAsync(Guid origin, int limit, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await using var connection = await _own.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await RedshiftLedgerSearch.RunsAsync(connection, origin, limit, cancellationToken).ConfigureAwait(false);
    });

    private static async Task<T> AskAsync<T>(Func<Task<T>> question)
    {
        try
        {
            return await question().ConfigureAwait(false);
        }
        catch (Exception e) when (RedshiftFailure.Of(e, TransactionStage.Fence) is { } failure)
        {
            throw failure;
        }
    }

    private async ValueTask<TransactionSettings> SettingsAsync(Guid batchId, string activation, CancellationToken cancellationToken)
    {
        if (_isolation is null) await CheckAsync(cancellationToken).ConfigureAwait(false);
        return new TransactionSettings(batchId, activation, _isolation ?? IsolationLevel.Snapshot, _options.FenceTimeout, _time);
    }

    /// <summary>Before an activation's first transaction, and after it met a rival: ends the sessions that its predecessor left open.</summary>
    private async ValueTask TakeOverAsync(TableName table, string activation, CancellationToken cancellationToken)
    {
        if (_writers.TryGetValue(table, out var writer) && writer == activation) return;
        var ended = await AskAsync(() => FrozenSessions.EndAsync(_own, table, _options.FrozenAfter, _time, cancellationToken)).ConfigureAwait(false);
        if (ended > 0) LogFrozen(table, ended);
        _writers[table] = activation;
    }

    /// <summary>The time before which the ledger is pruned in this turn; null if it was pruned recently.</summary>
    private DateTimeOffset? PruneBefore(TableName table)
    {
        var now = _time.GetUtcNow();
        // Not at once, because silos that start together would prune everything together.
        if (now - _pruned.GetOrAdd(table, now) < _options.PruneInterval) return null;
        _pruned[table] = now;
        return now - _options.LedgerRetention;
    }

    private async ValueTask<RedshiftLedgerSql> LedgerAsync(TableName table, CancellationToken cancellationToken)
    {
        if (_ledgers.TryGetValue(table, out var ledger)) return ledger;
        await OpenAsync(table, cancellationToken).ConfigureAwait(false);
        return _ledgers.GetOrAdd(table, static name => new RedshiftLedgerSql(name));
    }

    private WarehouseException? Judge(Exception e, TransactionStage stage, IReadOnlyList<TableName> tables)
    {
        var failure = RedshiftFailure.Of(e, stage);
        if (failure?.IsOverlap == true)
        {
            LogOverlap(string.Join(", ", tables), failure.Message);
            foreach (var table in tables) _writers.TryRemove(table, out _);
        }

        // A side table may have been dropped. The next try checks again, and creates it.
        if (stage == TransactionStage.Fence && failure?.Kind == FailureKind.Unavailable)
        {
            foreach (var table in tables) _ledgers.TryRemove(table, out _);
        }

        return failure;
    }

    /// <summary>Throws the failure. If it is an unknown outcome that turns out to be a commit, returns the time of the commit instead.</summary>
    private async Task<DateTimeOffset> OutcomeAsync(WarehouseException failure, int processId, RedshiftLedgerSql ledger, Guid batchId)
    {
        if (failure.Kind != FailureKind.Unknown) throw failure;
        DateTimeOffset? committed;
        try
        {
            committed = await _lost.OutcomeAsync(processId, ledger.Outcome, batchId).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or OperationCanceledException)
        {
            LogUnknown(ledger.Table.ToString(), $"{failure.Message} {e.Message}");
            throw failure;
        }

        LogResolved(ledger.Table.ToString(), failure.Message, committed is null ? "rolled back" : "committed");
        return committed ?? throw new WarehouseException(
            FailureKind.Unavailable, $"Rolled back: {failure.Message}", failure)
        { Cause = failure.Cause == FailureCause.UnknownOutcome ? FailureCause.Connection : failure.Cause };
    }
}
