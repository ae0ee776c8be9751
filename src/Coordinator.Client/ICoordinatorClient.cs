using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Client;

/// <summary>Submits write intents to the table grains and waits for their receipts. Thread-safe.</summary>
/// <remarks>Every write has an id, the caller's (<see cref="WriteOptions.Id"/>) or the client's own. Any temporary failure is retried with this
/// id until <see cref="WriteOptions.Timeout"/>, so nothing is written twice. A rejection is a receipt, not an exception;
/// <see cref="WriteReceipt.EnsureNotRejected"/> throws for it.</remarks>
public interface ICoordinatorClient
{
    /// <summary>Writes rows to a table, together or not at all, and returns when they are committed or rejected.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">At least one row.</param>
    /// <param name="options">Id, source and timeout; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait. The rows may still be written.</param>
    /// <returns>A receipt with the status committed, already committed or rejected; never pending.</returns>
    /// <exception cref="SiloUnavailableException">No silo answered within the timeout. Nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">The timeout expired after an attempt that may have succeeded. Submit the same id to learn the
    /// outcome.</exception>
    /// <exception cref="CoordinatorException">The timeout expired and the last failure was this, for instance <see cref="QueueFullException"/>.
    /// Nothing was written.</exception>
    Task<WriteReceipt> InsertAsync(TableName table, RowBlock rows, WriteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Writes objects to a table as one intent: each public property is a column.</summary>
    /// <remarks>
    /// <para>A property <c>UserId</c> is the column <c>user_id</c>; <c>[Column("name")]</c> sets another name and <c>[NotMapped]</c> omits it.
    /// Supported types are integers, floating point numbers, <see cref="decimal"/>, <see cref="string"/>, <see cref="bool"/>,
    /// <see cref="DateTimeOffset"/>, <see cref="DateOnly"/>, <see cref="Guid"/>, byte arrays, <see cref="System.Text.Json.JsonElement"/>,
    /// <see cref="System.Text.Json.JsonDocument"/>, enums (as text) and the nullable forms of all.</para>
    /// <para>A <see cref="DateTime"/> is an instant: UTC and local times are converted, and an unspecified kind is an error, because a guess of
    /// its zone would shift it silently. <c>[Column(TypeName = "timestamp")]</c> makes the property a date and time without zone, written
    /// unchanged.</para>
    /// </remarks>
    /// <typeparam name="T">The type of the rows. Its properties are read once; the mapping is compiled.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="rows">At least one row.</param>
    /// <param name="options">Id, source and timeout; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait. The rows may still be written.</param>
    /// <returns>A receipt with the status committed, already committed or rejected; never pending.</returns>
    /// <exception cref="NotSupportedException">A property has an unsupported type; the message names type and property.</exception>
    /// <exception cref="InvalidRowsException">There is no row, a value cannot be mapped, or the rows exceed
    /// <see cref="RowBlock.MaxBytes"/>.</exception>
    /// <exception cref="CoordinatorException">As for the other overload.</exception>
    Task<WriteReceipt> InsertAsync<T>(
        TableName table, IEnumerable<T> rows, WriteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Runs SQL in one transaction when it has its turn at every table that it writes or reads.</summary>
    /// <param name="update">The SQL and its tables.</param>
    /// <param name="options">Id, source and timeout; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait. The SQL may still run.</param>
    /// <returns>A receipt with the status committed, already committed or rejected; never pending.</returns>
    /// <exception cref="CoordinatorException">As for inserts.</exception>
    Task<WriteReceipt> UpdateAsync(UpdateRequest update, WriteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Looks up the state of an intent.</summary>
    /// <param name="id">The intent.</param>
    /// <param name="table">Its table, if known: then the table's grain is asked first, which also knows pending and recently rejected
    /// intents.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The receipt and its table, or null if neither the table's grain nor any ledger has the intent.</returns>
    /// <exception cref="SiloUnavailableException">No silo answers.</exception>
    /// <exception cref="CoordinatorException">The ledgers are not readable now.</exception>
    Task<FoundIntent?> FindAsync(IntentId id, TableName? table = null, CancellationToken cancellationToken = default);

    /// <summary>Finds the committed intents of given origins in one table. A writer with its own ids calls this before it continues after a
    /// crash.</summary>
    /// <remarks>Temporary failures are retried, as for writes, until the client's timeout. The table itself may no longer exist; its ledger
    /// stays.</remarks>
    /// <param name="table">The table.</param>
    /// <param name="ranges">The ranges to look up; any number.</param>
    /// <param name="timeout">How long to retry. Null for <see cref="CoordinatorClientOptions.Timeout"/>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The ledger's rows that overlap with any of the ranges. The sequences of a row may extend beyond the requested range.</returns>
    /// <exception cref="SiloUnavailableException">No silo answered within the timeout.</exception>
    /// <exception cref="CoordinatorException">The ledger was not readable within the timeout.</exception>
    Task<IReadOnlyList<CommittedRange>> FindRangesAsync(
        TableName table, IReadOnlyList<IntentRange> ranges, TimeSpan? timeout = null, CancellationToken cancellationToken = default);

    /// <summary>Looks up a registered job's latest runs.</summary>
    /// <remarks>Committed ticks come from the warehouse's ledgers. Pending, coalesced and rejected runs, and runs on demand, are known only
    /// while the job's grain remembers them: the latest 200, until its silo ends.</remarks>
    /// <param name="job">The job's name, not case-sensitive.</param>
    /// <param name="limit">The maximum number of runs, from 1 to 1000.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The runs, newest first.</returns>
    /// <exception cref="SiloUnavailableException">No silo answers.</exception>
    /// <exception cref="CoordinatorException">The ledgers are not readable now.</exception>
    Task<IReadOnlyList<JobRun>> FindJobRunsAsync(string job, int limit = 50, CancellationToken cancellationToken = default);

    /// <summary>Makes a writer that collects single rows into intents.</summary>
    /// <typeparam name="T">The type of the rows, as for <see cref="InsertAsync{T}"/>.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="NotSupportedException">A property has an unsupported type; the message names type and property.</exception>
    /// <exception cref="ArgumentException">A limit is out of range; the message names all such limits.</exception>
    BulkWriter<T> CreateBulkWriter<T>(TableName table, BulkWriterOptions? options = null);
}
