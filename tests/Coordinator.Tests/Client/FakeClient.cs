using System.Collections.Concurrent;
using Coordinator.Client;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Tests.Client;

/// <summary>A client whose inserts wait until the test answers them, or are answered at once by a rule.</summary>
internal sealed class FakeClient(Func<IntentId, RowBlock, Task<WriteReceipt>>? rule = null) : ICoordinatorClient
{
    public ConcurrentQueue<(IntentId Id, RowBlock Rows, TaskCompletionSource<WriteReceipt> Answer)> Inserts { get; } = new();

    public SemaphoreSlim Arrived { get; } = new(0);

    public static WriteReceipt Committed(IntentId id, RowBlock rows) => new() { Id = id, Status = WriteStatus.Committed, Rows = rows.RowCount };

    public Task<WriteReceipt> InsertAsync(TableName table, RowBlock rows, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = new TaskCompletionSource<WriteReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = options!.Id!.Value;
        Inserts.Enqueue((id, rows, answer));
        Arrived.Release();
        return rule is null ? answer.Task : rule(id, rows);
    }

    public Task<WriteReceipt> InsertAsync<T>(TableName table, IEnumerable<T> rows, WriteOptions? options = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ConcurrentQueue<IntentId> Updates { get; } = new();

    /// <summary>Answers updates; the default commits them.</summary>
    public Func<IntentId, Task<WriteReceipt>> OnUpdate { get; set; } = static id =>
        Task.FromResult(new WriteReceipt { Id = id, Status = WriteStatus.Committed });

    /// <summary>The known runs of any job.</summary>
    public Func<IReadOnlyList<JobRun>> KnownRuns { get; set; } = static () => [];

    public Task<WriteReceipt> UpdateAsync(UpdateRequest update, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var id = options!.Id!.Value;
        Updates.Enqueue(id);
        return OnUpdate(id).WaitAsync(cancellationToken);
    }

    public Task<FoundIntent?> FindAsync(IntentId id, TableName? table = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>The ranges that every ledger returns.</summary>
    public Func<IReadOnlyList<IntentRange>, IReadOnlyList<CommittedRange>> KnownRanges { get; set; } = static _ => [];

    public async Task<IReadOnlyList<CommittedRange>> FindRangesAsync(
        TableName table, IReadOnlyList<IntentRange> ranges, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return KnownRanges(ranges);
    }

    public async Task<IReadOnlyList<JobRun>> FindJobRunsAsync(string job, int limit = 50, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return KnownRuns();
    }

    public BulkWriter<T> CreateBulkWriter<T>(TableName table, BulkWriterOptions? options = null) => throw new NotSupportedException();

    /// <summary>Waits for the next insert and takes it.</summary>
    public async Task<(IntentId Id, RowBlock Rows, TaskCompletionSource<WriteReceipt> Answer)> NextAsync()
    {
        Assert.True(await Arrived.WaitAsync(TimeSpan.FromSeconds(30)), "No insert came.");
        Assert.True(Inserts.TryDequeue(out var insert));
        return insert;
    }
}
