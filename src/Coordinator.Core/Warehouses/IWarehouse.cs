using Coordinator.Core.Ledger;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Warehouses;

/// <summary>A warehouse that commits intents together with their ledger rows. Every failure is a <see cref="WarehouseException"/> with its
/// kind.</summary>
/// <remarks>This is the third line of defence: in one transaction the adapter detects rivals at the ledger's fence row, omits what the ledger
/// has, writes rows and ledger, calls <see cref="InsertBatch.MayCommit"/>, and commits.</remarks>
public interface IWarehouse
{
    /// <summary>The adapter's display name: <c>PostgreSQL</c>, <c>DuckDB</c>.</summary>
    string Name { get; }

    /// <summary>A mistake that an operator must mend before some writes can succeed, such as a missing right, as sentences; null if none is
    /// known.</summary>
    string? Trouble => null;

    /// <summary>Returns if the warehouse is reachable and usable; throws if not.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>The time by the warehouse's clock.</summary>
    Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken);

    /// <summary>What distinguishes this warehouse from every other one, as text for messages: the same for all silos, until its data are
    /// moved.</summary>
    /// <exception cref="WarehouseException">Rejected if its user may not know; otherwise it does not answer.</exception>
    Task<string> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>Reads a table's columns and ensures that its ledger exists. Called once for each activation, not for each batch.</summary>
    /// <exception cref="WarehouseException">Rejected if the table does not exist: the message suggests similar names.</exception>
    Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken);

    /// <summary>Commits a batch of inserts in one transaction, without those in the ledger. Within it, under a lock that prevents DDL until
    /// COMMIT, it checks that the table's columns are still those of <see cref="InsertBatch.Schema"/>
    /// (<see cref="TableSchema.Fingerprint"/>).</summary>
    /// <exception cref="WarehouseException"><see cref="FailureKind.SchemaChanged"/> if they are not, or the table no longer exists; nothing was
    /// written.</exception>
    Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken);

    /// <summary>Finds the tables of every statement of an update without running it, and reports where it cannot be certain.</summary>
    /// <exception cref="WarehouseException">Rejected if the warehouse refuses a statement.</exception>
    Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken);

    /// <summary>Runs an update's SQL in one transaction, or nothing if it is already in a ledger of its written tables. Cancellation ends the
    /// SQL in the warehouse and rolls back; COMMIT itself is never cancelled, so <see cref="OperationCanceledException"/> means that nothing was
    /// written.</summary>
    Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken);

    /// <summary>The rows of one table's ledger that overlap with any of these ranges. Works without the table itself; empty if it never had a
    /// ledger.</summary>
    Task<IReadOnlyList<KnownRange>> FindRangesAsync(TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken);

    /// <summary>The tables that have a ledger, whether they still exist or not.</summary>
    Task<IReadOnlyList<TableName>> LedgersAsync(CancellationToken cancellationToken);

    /// <summary>Searches the existing ledgers of some tables for an intent, in one statement; null if none has it.</summary>
    Task<FoundRange?> FindAsync(IReadOnlyList<TableName> tables, IntentId id, CancellationToken cancellationToken);

    /// <summary>The latest rows of an origin in the existing ledgers of some tables, at least <paramref name="limit"/> where there are so many,
    /// in no order. A row of several tables is there several times.</summary>
    Task<IReadOnlyList<LedgerRun>> FindRunsAsync(
        IReadOnlyList<TableName> tables, Guid origin, int limit, CancellationToken cancellationToken);
}
