using Coordinator.Client.Connecting;
using Coordinator.Client.Mapping;
using Coordinator.Client.Submitting;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coordinator.Client;

/// <summary>The entry point of the SDK: assigns ids, keeps one grain reference per table, and sends through <see cref="Submitter"/>.</summary>
internal sealed class CoordinatorClient(
    IGrainFactory grains,
    IOptions<CoordinatorClientOptions> options, AttemptTimeout attemptTimeout, TimeProvider time, Random random, ILogger<CoordinatorClient> logger)
    : ICoordinatorClient
{
    private readonly TableRoutes _routes = new(grains, attemptTimeout);
    private readonly MeantWarehouse _warehouse = new(grains, time, logger);
    private readonly IdSequence _updateIds = new(Guid.NewGuid());
    private readonly Submitter _submitter = new(time, random, logger);

    public Task<WriteReceipt> InsertAsync(TableName table, RowBlock rows, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (ProtectedSchemas.Contains(table)) return Task.FromResult(Refused(table, options?.Id ?? new IntentId(Guid.NewGuid(), 0)));
        var route = _routes.Known.TryGetValue(table, out var known) ? known : MakeRoute(table);
        var intent = new InsertIntent
        {
            Id = options?.Id ?? route.Ids.Next(),
            Table = table,
            Rows = rows,
            Source = options?.Source ?? DefaultSource,
            MaxWait = options?.Timeout ?? TimeSpan.Zero,
            ContentHash = options?.Id is null ? Guid.Empty : options.ContentHash ?? ContentHash.Of(rows),
            Warehouse = _warehouse.Known?.Value ?? Guid.Empty,
            Anchors = options?.Anchors ?? [],
        };
        return _submitter.SubmitAsync(new InsertCall(route.Lane, intent), TermsOf(options), cancellationToken);
    }

    public Task<WriteReceipt> InsertAsync<T>(
        TableName table, IEnumerable<T> rows, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        InsertAsync(table, RowMapper<T>.Instance.Encode(rows), options, cancellationToken);

    public Task<WriteReceipt> UpdateAsync(UpdateRequest update, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        var id = options?.Id ?? _updateIds.Next();
        foreach (var table in update.Writes)
        {
            if (ProtectedSchemas.Contains(table)) return Task.FromResult(Refused(table, id));
        }

        var content = options?.Id is null ? Guid.Empty : options.ContentHash ?? update.HashContent();
        var intent = update.ToIntent(id, options?.Source ?? DefaultSource, content, Warehouse());
        Func<UpdateIntent, Task<WriteReceipt>> run = intent.Job.Length > 0
            ? Job(intent.Job).RunAsync
            : grains.GetGrain<IUpdateGrain>(intent.Id.ToString()).RunAsync;
        return _submitter.SubmitAsync(new UpdateCall(run, intent, attemptTimeout), TermsOf(options), cancellationToken);
    }

    public async Task<FoundIntent?> FindAsync(IntentId id, TableName? table = null, CancellationToken cancellationToken = default)
    {
        FoundIntent? rejected = null;
        try
        {
            if (table is { } known && !ProtectedSchemas.Contains(known))
            {
                var receipt = await _routes.GrainOf(known).FindAsync(id).WaitAsync(cancellationToken).ConfigureAwait(false);
                if (receipt is { Status: not WriteStatus.Rejected }) return new FoundIntent(known, receipt);
                // Another activation may have committed since what this one rejected. Only the ledger knows.
                rejected = receipt is null ? null : new FoundIntent(known, receipt);
            }

            var record = await grains.GetGrain<ILedgerGrain>(0).FindAsync(id).WaitAsync(cancellationToken).ConfigureAwait(false);
            return record is null ? rejected : new FoundIntent(record.Table, record.Receipt);
        }
        catch (Exception e) when (AttemptFailure.IsNoAnswer(e))
        {
            throw new SiloUnavailableException($"No silo answers, so intent {id} cannot be looked up.", TimeSpan.FromSeconds(1), e);
        }
    }

    public Task<IReadOnlyList<CommittedRange>> FindRangesAsync(
        TableName table, IReadOnlyList<IntentRange> ranges, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return new RangeLookup(grains.GetGrain<ILedgerGrain>(0), Warehouse(), time, random)
            .FindAsync(table, ranges, timeout ?? options.Value.Timeout, cancellationToken);
    }

    public async Task<IReadOnlyList<JobRun>> FindJobRunsAsync(string job, int limit = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, JobRunsRequest.MaxLimit);
        try
        {
            return (await Job(job).RunsAsync(new JobRunsRequest(limit)).WaitAsync(cancellationToken).ConfigureAwait(false)).Runs;
        }
        catch (Exception e) when (AttemptFailure.IsNoAnswer(e))
        {
            throw new SiloUnavailableException($"No silo answers, so the runs of job '{job}' cannot be looked up.", TimeSpan.FromSeconds(1), e);
        }
    }

    public BulkWriter<T> CreateBulkWriter<T>(TableName table, BulkWriterOptions? options = null) =>
        new(this, table, options ?? new BulkWriterOptions(), time);

    /// <summary>Calls no grain, so that none is activated for a protected table.</summary>
    private static WriteReceipt Refused(TableName table, IntentId id) =>
        WriteReceipt.Rejected(id, RowError.OfIntent(ProtectedSchemas.Refusal(table)));

    private TableRoute MakeRoute(TableName table)
    {
        _warehouse.Learn();
        return _routes.Of(table);
    }

    private Guid Warehouse()
    {
        _warehouse.Learn();
        return _warehouse.Known?.Value ?? Guid.Empty;
    }

    private IJobGrain Job(string name) => grains.GetGrain<IJobGrain>(JobTick.KeyOf(name));

    private SubmitTerms TermsOf(WriteOptions? write) =>
        new(write?.Timeout ?? options.Value.Timeout, write is null or { WaitWhenFull: true }, write?.Id is not null);

    private string DefaultSource => options.Value.Source;
}
