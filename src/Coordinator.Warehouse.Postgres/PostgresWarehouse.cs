using Coordinator.Core.Ledger;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;
using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Postgres.Catalog;
using Coordinator.Warehouse.Postgres.Checking;
using Coordinator.Warehouse.Postgres.Copying;
using Coordinator.Warehouse.Postgres.Failures;
using Coordinator.Warehouse.Postgres.Ledgers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordinator.Warehouse.Postgres;

/// <summary>PostgreSQL as a warehouse: rows by binary COPY, side tables in schema coordinator, every transaction SERIALIZABLE by
/// default.</summary>
internal sealed partial class PostgresWarehouse : NpgsqlWarehouse<LedgerSql>, IWarehouse, IAsyncDisposable
{
    /// <summary>In units of <see cref="PostgresWarehouseOptions.FrozenAfter"/>.</summary>
    private const int WatchedAfter = 2;

    private const string Identity =
        """
        SELECT format('database %s (%s) of PostgreSQL system %s', current_database(),
          (SELECT oid FROM pg_database WHERE datname = current_database()), (SELECT system_identifier FROM pg_control_system()))
        """;

    private readonly PostgresWarehouseOptions _options;
    private readonly FenceLimits _insertLimits;
    private readonly FenceLimits _savedInsertLimits;
    private readonly FenceLimits _updateLimits;
    private readonly ConnectionPool _inserts;
    private readonly ConnectionPool _updates;
    private readonly LedgerSetup _setup;
    private readonly LedgerRetention _retention;
    private readonly KnownChecks _checks = new();
    private readonly ILogger _logger;

    public PostgresWarehouse(IOptions<PostgresWarehouseOptions> options, TimeProvider time, ILoggerFactory loggers)
        : this(options, time, loggers, loggers.CreateLogger<PostgresWarehouse>())
    {
    }

    private PostgresWarehouse(IOptions<PostgresWarehouseOptions> options, TimeProvider time, ILoggerFactory loggers, ILogger logger)
        : base(time, logger)
    {
        _options = options.Value;
        (_insertLimits, _updateLimits) = (FenceLimits.ForInserts(_options), FenceLimits.ForUpdates(_options));
        _savedInsertLimits = _insertLimits with { After = [.. _insertLimits.After, SavedRowCopy.Save] };
        var sources = new DataSources(_options, time, loggers);
        (_inserts, _updates) = (sources.ForInserts(), sources.ForUpdates());
        _logger = logger;
        _retention = _options.Ledger.ToRetention(time);
        Watch = new StatementWatch(WatchedAfter * _options.FrozenAfter, new LostStatement(_updates), time, logger);
        _setup = new LedgerSetup(FenceLimits.Waits(_options));
    }

    public string Name => "PostgreSQL";

    public async ValueTask DisposeAsync()
    {
        await _inserts.DisposeAsync().ConfigureAwait(false);
        await _updates.DisposeAsync().ConfigureAwait(false);
    }

    public Task CheckAsync(CancellationToken cancellationToken) => AskAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("SELECT pg_is_in_recovery()", connection);
            if (await command.ExecuteScalarAsync(token).ConfigureAwait(false) is true)
                throw new WarehouseException(FailureKind.Unavailable, "PostgreSQL is a standby, which cannot be written to.");
            return true;
        },
        cancellationToken);

    /// <summary>A standby that takes over has its primary's identifier, as a copy of the files has at another address. A database that is dropped
    /// and made again has another oid.</summary>
    public async Task<string> IdentifyAsync(CancellationToken cancellationToken)
    {
        var found = await AskAsync(Identity, cancellationToken).ConfigureAwait(false);
        var address = new NpgsqlConnectionStringBuilder(_options.ConnectionString);
        return $"{found} at {address.Host}:{address.Port}";
    }

    public override async Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken)
    {
        UpdateRules.Ensure(table);
        var (found, isNew) = await AskAsync((connection, token) => _setup.PrepareAsync(connection, table, token), cancellationToken)
            .ConfigureAwait(false);
        Remember(table, new LedgerSql(table, found.IsLockable, found.HasDomains), isNew);
        return found.Schema;
    }

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

    protected override string Clock => "SELECT clock_timestamp()";

    protected override ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) =>
        _updates.OpenConnectionAsync(cancellationToken);

    protected override LedgerSql CreateLedger(TableName table) => new(table);

    protected override WarehouseException? FailureOf(Exception e, TransactionStage stage) => WarehouseFailure.Of(e, stage);

    protected override Task<int> EndFrozenAsync(TableName table, CancellationToken cancellationToken) =>
        AskAsync(
            (connection, token) => FrozenSessions.EndAsync(connection, LedgerNames.Fence(table), _options.FrozenAfter, token), cancellationToken);

    protected override WarehouseException? Judge(
        Exception e, TransactionStage stage, IReadOnlyList<TableName> tables, bool isInsert = false)
    {
        var failure = base.Judge(e, stage, tables, isInsert);
        if (failure?.Kind == FailureKind.Unknown) NpgsqlWarehouseLog.Unknown(_logger, string.Join(", ", tables), failure.Message);
        return failure;
    }
}
