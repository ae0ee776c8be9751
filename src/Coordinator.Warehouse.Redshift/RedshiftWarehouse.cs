using Coordinator.Core.Ledger;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;
using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Redshift.Catalog;
using Coordinator.Warehouse.Redshift.Credentials;
using Coordinator.Warehouse.Redshift.Failures;
using Coordinator.Warehouse.Redshift.Isolation;
using Coordinator.Warehouse.Redshift.Ledgers;
using Coordinator.Warehouse.Redshift.Outcomes;
using Coordinator.Warehouse.Redshift.Staging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordinator.Warehouse.Redshift;

/// <summary>Amazon Redshift as a warehouse: rows by multi-row INSERT or from files in S3, side tables in schema coordinator, transactions in the
/// form that the database's isolation level needs.</summary>
internal sealed partial class RedshiftWarehouse : NpgsqlWarehouse<LedgerSql>, IWarehouse, IAsyncDisposable
{
    private readonly RedshiftWarehouseOptions _options;
    private readonly SessionPool _own;
    private readonly SessionPool _updates;
    private readonly SessionPool _questions;
    private readonly LedgerSetup _setup;
    private readonly StagingArea _staging;
    private readonly LostSession _lost;
    private readonly FrozenSessions _frozen;
    private readonly SemaphoreSlim _commits;
    private readonly SemaphoreSlim _updateSessions;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private readonly LedgerRetention _retention;
    private IsolationLevel? _isolation;

    public RedshiftWarehouse(
        IOptions<RedshiftWarehouseOptions> options, Logins logins, StagingArea staging, TimeProvider time, ILoggerFactory loggers)
        : this(options, logins, staging, time, loggers, loggers.CreateLogger<RedshiftWarehouse>())
    {
    }

    private RedshiftWarehouse(
        IOptions<RedshiftWarehouseOptions> options, Logins logins, StagingArea staging, TimeProvider time, ILoggerFactory loggers, ILogger logger)
        : base(time, logger)
    {
        _options = options.Value;
        var sources = new DataSources(_options, logins, time, loggers);
        (_own, _updates, _questions) = (sources.ForOwnStatements(), sources.ForUpdates(), sources.ForQuestions());
        _commits = new SemaphoreSlim(_options.MaxConcurrentCommits);
        _updateSessions = new SemaphoreSlim(_options.MaxConnections);
        _staging = staging;
        _time = time;
        _retention = _options.Ledger.ToRetention(time);
        _logger = logger;
        _setup = new LedgerSetup(_own);
        _lost = new LostSession(_updates, _options.OutcomeTimeout, time, logger);
        _frozen = new FrozenSessions(_own, _questions, _options.FrozenAfter, time, logger);
        Watch = new StatementWatch(_options.FrozenAfter, new LostStatement(_questions, time, logger), time, logger);
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
    public Task CheckAsync(CancellationToken cancellationToken) => AskAsync(
        async (connection, token) =>
        {
            var (isolation, doubt) = await IsolationDetector.DetectAsync(connection, token).ConfigureAwait(false);
            if (_isolation != isolation && doubt is not null) LogIsolationUnknown(doubt);
            else if (_isolation != isolation) LogIsolation(isolation);
            _isolation = isolation;
            return isolation;
        },
        cancellationToken);

    /// <summary>CURRENT_NAMESPACE is the GUID of a cluster or of a Serverless namespace.</summary>
    public Task<string> IdentifyAsync(CancellationToken cancellationToken) =>
        AskAsync("SELECT 'database ' || CURRENT_DATABASE() || ' of Redshift namespace ' || CURRENT_NAMESPACE", cancellationToken);

    public override Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        UpdateRules.Ensure(table);
        var (schema, isNew) = await _setup.PrepareAsync(table, cancellationToken).ConfigureAwait(false);
        Remember(table, new LedgerSql(table), isNew);
        return schema;
    });

    public Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) =>
        AskAsync((connection, token) => RangeSearch.FindAsync(connection, table, ranges, token), cancellationToken);

    public Task<IReadOnlyList<TableName>> LedgersAsync(CancellationToken cancellationToken) =>
        AskAsync((connection, token) => CatalogReader.LedgersAsync(connection, token), cancellationToken);

    public Task<FoundRange?> FindAsync(IReadOnlyList<TableName> tables, IntentId id, CancellationToken cancellationToken) =>
        AskAsync((connection, token) => LedgerSearch.FindAsync(connection, tables, id, token), cancellationToken);

    public Task<IReadOnlyList<LedgerRun>> FindRunsAsync(
        IReadOnlyList<TableName> tables, Guid origin, int limit, CancellationToken cancellationToken) =>
        AskAsync((connection, token) => LedgerSearch.RunsAsync(connection, tables, origin, limit, token), cancellationToken);

    protected override StatementWatch Watch { get; }

    // A proxy may be between.
    protected override bool KnowsSessions => false;

    protected override string Clock => "SELECT SYSDATE::timestamptz";

    protected override ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) =>
        _own.OpenConnectionAsync(cancellationToken);

    protected override LedgerSql CreateLedger(TableName table) => new(table);

    protected override WarehouseException? FailureOf(Exception e, TransactionStage stage) => WarehouseFailure.Of(e, stage);

    protected override Task<int> EndFrozenAsync(TableName table, CancellationToken cancellationToken) =>
        _frozen.EndAsync(table, cancellationToken);

    protected override WarehouseException? Judge(
        Exception e, TransactionStage stage, IReadOnlyList<TableName> tables, bool isInsert = false)
    {
        var failure = base.Judge(e, stage, tables, isInsert);
        if (failure?.IsOverlap != true) return failure;
        // The other activation may be frozen in the transaction that was in the way.
        foreach (var table in tables) ForgetWriter(table);
        return failure;
    }

    /// <summary>A wait at the fence ends by its statement timeout, which runs while the statement is queued, compiled, or waits for a warehouse that
    /// resumes. It is an overlap only if another session holds the fence.</summary>
    protected override bool IsProvenRival(WarehouseException failure) => failure.Cause != FailureCause.LockTimeout;

    private async Task<WarehouseException> AtFenceAsync(WarehouseException failure, IReadOnlyList<TableName> tables, int own)
    {
        if (!failure.IsOverlap || IsProvenRival(failure)) return failure;
        foreach (var table in tables)
        {
            if (!await MayHaveRivalAsync(table, own).ConfigureAwait(false)) continue;
            NpgsqlWarehouseLog.Overlap(_logger, table.ToString(), failure.Message);
            return failure;
        }

        return new WarehouseException(
            FailureKind.Unavailable,
            $"Redshift did not run the first statements of the transaction within FenceTimeout ({_options.FenceTimeout}), and no other session holds "
                + $"the ledger: they were queued, compiled, or waited for the warehouse to resume. {failure.Message}",
            failure)
        { Cause = FailureCause.Overload };
    }

    private async Task<bool> MayHaveRivalAsync(TableName table, int own)
    {
        try
        {
            // Not the caller's token: the answer is for the log and for the figures.
            return await AskAsync(() => _frozen.HasOtherHolderAsync(table, own, CancellationToken.None)).ConfigureAwait(false) ?? true;
        }
        catch (WarehouseException unanswered)
        {
            NpgsqlWarehouseLog.Unknown(_logger, table.ToString(), unanswered.Message);
            return true;
        }
    }

    private async ValueTask<TransactionSettings> SettingsAsync(Guid batchId, OwnerToken activation, CancellationToken cancellationToken)
    {
        if (_isolation is null) await CheckAsync(cancellationToken).ConfigureAwait(false);
        return new TransactionSettings(batchId, activation, _isolation ?? IsolationLevel.Snapshot, _options.FenceTimeout, _time);
    }

    /// <summary>Throws the failure. If it is an unknown outcome that turns out to be a commit, returns the time of the commit instead.</summary>
    private async Task<DateTimeOffset> OutcomeAsync(WarehouseException failure, int processId, LedgerSql ledger, Guid batchId)
    {
        if (failure.Kind != FailureKind.Unknown) throw failure;
        DateTimeOffset? committed;
        try
        {
            committed = await _lost.OutcomeAsync(processId, ledger.Outcome, batchId).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or OperationCanceledException or WarehouseException)
        {
            NpgsqlWarehouseLog.Unknown(_logger, ledger.Table.ToString(), $"{failure.Message} {e.Message}");
            throw failure;
        }

        LogResolved(ledger.Table.ToString(), failure.Message, committed is null ? "rolled back" : "committed");
        return committed ?? throw new WarehouseException(
            FailureKind.Unavailable, $"Rolled back: {failure.Message}", failure)
        { Cause = failure.Cause == FailureCause.UnknownOutcome ? FailureCause.Connection : failure.Cause };
    }
}
