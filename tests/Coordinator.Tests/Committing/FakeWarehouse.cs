using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Tests.Committing;

/// <summary>A warehouse with scripted answers.</summary>
internal sealed class FakeWarehouse(Func<InsertBatch, BatchResult> commit) : IWarehouse
{
    public List<InsertBatch> Batches { get; } = [];

    public List<UpdateRun> Runs { get; } = [];

    /// <summary>The ranges of the ledger.</summary>
    public List<KnownRange> Known { get; } = [];

    public Func<TableName, Task<TableSchema>> OnOpen { get; set; } = static _ => throw new NotSupportedException();

    public Func<string, Task<IReadOnlyList<StatementTables>>> OnFindTables { get; set; } = static _ => throw new NotSupportedException();

    public Func<UpdateRun, CancellationToken, Task<UpdateResult>> OnExecute { get; set; } = static (_, _) => throw new NotSupportedException();

    /// <summary>The warehouse's clock.</summary>
    public Func<DateTimeOffset> Now { get; set; } = static () => DateTimeOffset.MaxValue;

    /// <summary>The tables with ledgers.</summary>
    public IReadOnlyList<TableName> Ledgers { get; set; } = [new("public", "any")];

    /// <summary>How often the ledgers were listed.</summary>
    public int Listings { get; private set; }

    /// <summary>The tables of each search in several ledgers.</summary>
    public List<IReadOnlyList<TableName>> Searches { get; } = [];

    public Func<IntentId, Task<FoundRange?>> OnFind { get; set; } = static _ => throw new NotSupportedException();

    public Func<Guid, Task<IReadOnlyList<LedgerRun>>> OnFindRuns { get; set; } = static _ => throw new NotSupportedException();

    /// <summary>A batch waits for this task before it is answered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public string Name => "fake";

    public Func<CancellationToken, Task> OnCheck { get; set; } = static _ => Task.CompletedTask;

    public Task CheckAsync(CancellationToken cancellationToken) => OnCheck(cancellationToken);

    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => Task.FromResult(Now());

    public Func<Task<string>> OnIdentify { get; set; } = static () => Task.FromResult("fake");

    public Task<string> IdentifyAsync(CancellationToken cancellationToken) => OnIdentify();

    public Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken) => OnOpen(table);

    public async Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Batches.Add(batch);
        await Gate;
        return commit(batch);
    }

    public Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken) => OnFindTables(sql);

    public async Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken)
    {
        Runs.Add(run);
        return await OnExecute(run, cancellationToken);
    }

    public Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KnownRange>>(
            [.. Known.Where(k => ranges.Any(r => r.Origin == k.Range.Origin && r.First <= k.Range.Last && k.Range.First <= r.Last))]);

    public Task<IReadOnlyList<TableName>> LedgersAsync(CancellationToken cancellationToken)
    {
        Listings++;
        return Task.FromResult(Ledgers);
    }

    public Task<FoundRange?> FindAsync(IReadOnlyList<TableName> tables, IntentId id, CancellationToken cancellationToken)
    {
        Searches.Add(tables);
        return OnFind(id);
    }

    public Task<IReadOnlyList<LedgerRun>> FindRunsAsync(
        IReadOnlyList<TableName> tables, Guid origin, int limit, CancellationToken cancellationToken) => OnFindRuns(origin);
}
