using Coordinator.Core.Ledger;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Warehouses;

/// <summary>A warehouse that commits intents together with their ledger rows. Every failure is a <see cref="WarehouseException"/> that says what it was.</summary>
/// <remarks>
/// The third line of defence lives here: in one transaction the adapter meets rivals at the ledger's fence row, leaves out what the ledger has,
/// writes rows and ledger, asks <see cref="InsertBatch.MayCommit"/>, and commits.
/// </remarks>
public interface IWarehouse
{
    /// <summary>The adapter's name for people: <c>PostgreSQL</c>, <c>DuckDB</c>.</summary>
    string Name { get; }

    /// <summary>Answers if the warehouse can be reached and worked with; throws if not.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Reads a table's columns and makes sure its ledger stands. Called once an activation, not once a batch.</summary>
    /// <exception cref="WarehouseException">Rejected when there is no such table: the message names near misses.</exception>
    Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken);

    /// <summary>
    /// Commits a batch of inserts in one transaction, leaving out what its ledger has already. Within it, under a lock that keeps DDL out until COMMIT, it makes sure that the table's
    /// columns are still those of <see cref="InsertBatch.Schema"/> (<see cref="TableSchema.Fingerprint"/>).
    /// </summary>
    /// <exception cref="WarehouseException"><see cref="FailureKind.SchemaChanged"/> if they are not, or the table is gone; nothing was written.</exception>
    Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken);

    /// <summary>Finds the tables of every statement of an update without running it, and says where it cannot be certain.</summary>
    /// <exception cref="WarehouseException">Rejected when the warehouse refuses a statement.</exception>
    Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken);

    /// <summary>
    /// Runs an update's SQL in one transaction, or nothing if a ledger of its written tables has it already. Cancelled, it ends the SQL in the warehouse and rolls back; COMMIT itself is never cancelled,
    /// so <see cref="OperationCanceledException"/> means that nothing was written.
    /// </summary>
    Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken);

    /// <summary>The rows of one table's ledger that overlap with any of these ranges. Works without the table itself; none if it never had a ledger.</summary>
    Task<IReadOnlyList<KnownRange>> FindRangesAsync(TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken);

    /// <summary>Looks for an intent in all ledgers; null if none has it.</summary>
    Task<LedgerRecord?> FindAsync(IntentId id, CancellationToken cancellationToken);

    /// <summary>The latest rows of an origin in all ledgers, newest first, an update of several tables once: the ticks of a job.</summary>
    Task<IReadOnlyList<LedgerRun>> FindRunsAsync(Guid origin, int limit, CancellationToken cancellationToken);
}
