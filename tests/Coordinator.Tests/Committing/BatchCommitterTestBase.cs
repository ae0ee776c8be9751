using Coordinator.Core.Committing;
using Coordinator.Core.Ledger;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;

namespace Coordinator.Tests.Committing;

/// <summary>Batches of small intents over a fake warehouse, and what the observer was called with.</summary>
public abstract class BatchCommitterTestBase : ICommitObserver
{
    private protected static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private protected List<FailureKind> GivenUp { get; } = [];
    private protected List<FailureKind> Retries { get; } = [];
    private protected long Committed { get; private set; }
    private protected int Commits { get; private set; }

    void ICommitObserver.OnGivenUp(WarehouseException failure) => GivenUp.Add(failure.Kind);

    void ICommitObserver.OnRetry(WarehouseException failure) => Retries.Add(failure.Kind);

    void ICommitObserver.OnCommitted(long rows, TimeSpan took)
    {
        Committed += rows;
        Commits++;
    }

    private protected static WarehouseException Failure(FailureKind kind) => new(kind, "scripted");

    private protected static KnownRange Known(IntentId id, Guid batch) =>
        new(new SequenceRange(id.Origin, id.Sequence, id.Sequence, 1), new LedgerEntry(batch, Now));

    private protected static TableSchema SchemaOf(WarehouseType type, string fingerprint) =>
        new(Some.Table, [new WarehouseColumn { Name = "id", Type = type, TypeName = type.ToString() }], fingerprint);

    private protected static BatchResult Done() => new(Now, BatchResult.None);

    private protected Task<IReadOnlyDictionary<IntentId, IntentOutcome>> CommitAsync(
        FakeWarehouse warehouse, int intents, Func<bool>? mayCommit = null,
        Func<bool>? mayRetry = null, Func<Task<TableSchema>>? readSchema = null, bool isMixed = false, TableSchema? schema = null)
    {
        var batch = Batch(intents, mayCommit, mayRetry) with { IsMixed = isMixed };
        return Committer(warehouse, readSchema).CommitAsync(schema is null ? batch : batch with { Schema = schema }, CancellationToken.None);
    }

    private protected BatchCommitter Committer(FakeWarehouse warehouse, Func<Task<TableSchema>>? readSchema = null, int maxRetries = 3)
    {
        var options = new RetryOptions { MaxRetries = maxRetries, Delay = TimeSpan.FromTicks(1), MaxDelay = TimeSpan.FromTicks(10) };
        var retry = new TableRetry(options, TimeProvider.System, new Random(1));
        return new BatchCommitter(warehouse, _ => readSchema?.Invoke() ?? throw new NotSupportedException(), retry, TimeProvider.System, this);
    }

    private protected static InsertBatch Batch(int intents, Func<bool>? mayCommit = null, Func<bool>? mayRetry = null) => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = new TableSchema(Some.Table, []),
        Activation = new("test"),
        Intents = [.. Enumerable.Range(0, intents).Select(static i => Some.Insert(i))],
        MayCommit = _ => ValueTask.FromResult(mayCommit?.Invoke() ?? true),
        MayRetry = mayRetry is null ? null : _ => ValueTask.FromResult(mayRetry()),
    };
}
