using Coordinator.Core.Jobs;
using Coordinator.Core.Ledger;
using Coordinator.Core.Searching;
using Coordinator.Core.Outages;
using Coordinator.Core.Reservations;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Grains.Clocks;
using Coordinator.Grains.Contention;
using Coordinator.Grains.Updates;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;
using Coordinator.Tables;
using Coordinator.Tests.Committing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Grains;

/// <summary>The parts that run an update, over a scripted warehouse and scripted tables, with a fake clock.</summary>
internal sealed class UpdateRig
{
    public static readonly OwnerToken Activation = new("activation");

    public static readonly TableName A = TableName.Parse("public.a");
    public static readonly TableName B = TableName.Parse("public.b");

    public UpdateRig()
    {
        var options = Options.Create(new GrainsOptions
        {
            Retry = new RetryOptions { MaxRetries = 2 },
            Reservations = new ReservationOptions { MaxWait = TimeSpan.FromSeconds(20) },
            UpdateMaxDuration = TimeSpan.FromSeconds(10),
            UpdateMaxRestarts = 3,
        });
        var retry = new TableRetry(options.Value.Retry, Clock, new Random(1));
        Sets = new TableSetResolver(Warehouse, new LedgerSearch(Warehouse), retry, NullLogger<TableSetResolver>.Instance);
        var silo = new FakeSilo();
        var registry = new ContentionRegistry(silo, new OutageLog("here", Clock), Clock);
        var due = new TickClock(Warehouse, Clock, NullLogger<TickClock>.Instance);
        Runner = new UpdateRunner(Warehouse, Sets, Turns, registry, silo, options, due, retry, Clock, NullLogger<UpdateRunner>.Instance);
        Warehouse.OnFind = static _ => Task.FromResult<FoundRange?>(null);
        Warehouse.OnFindTables = static _ => Tables([A], [B]);
        Warehouse.OnOpen = static table => Task.FromResult(new TableSchema(table, []));
        Warehouse.OnExecute = CommitAsync;
    }

    public FakeTimeProvider Clock { get; } = new();

    public FakeWarehouse Warehouse { get; } = new(static _ => throw new NotSupportedException());

    public FakeTurns Turns { get; } = new();

    public TableSetResolver Sets { get; }

    public UpdateRunner Runner { get; }

    /// <summary>Whether the activation that runs the update still holds its lock.</summary>
    public bool MayRun { get; set; } = true;

    public static UpdateIntent Update(TableName[]? writes = null, TableName[]? reads = null, Guid content = default) => new()
    {
        Id = Some.Id(1),
        Sql = "INSERT INTO a SELECT * FROM b",
        Writes = writes ?? [A],
        Reads = reads ?? [B],
        ContentHash = content,
    };

    public static Task<IReadOnlyList<StatementTables>> Tables(TableName[] writes, TableName[] reads, string? doubt = null) =>
        Task.FromResult<IReadOnlyList<StatementTables>>([new StatementTables(1, writes, reads, doubt)]);

    /// <summary>A transaction that checks whether it may commit, and commits.</summary>
    public static async Task<UpdateResult> CommitAsync(UpdateRun run, CancellationToken token) =>
        await run.MayCommit(token)
            ? new UpdateResult(DateTimeOffset.UnixEpoch, 7, null) { Range = run.Range }
            : throw new WarehouseException(FailureKind.TurnLost, "the turn is lost");

    /// <summary>A result that was already in the ledger.</summary>
    public static UpdateResult Known(UpdateRun run, Guid batch, Guid content = default) =>
        new(DateTimeOffset.UnixEpoch, 7, new LedgerEntry(batch, DateTimeOffset.UnixEpoch)) { Range = run.Range with { Content = content } };

    public static FoundRange Record(long first = 1) => new(
        A, new KnownRange(new SequenceRange(Some.Id(1).Origin, first, 1, 7), new LedgerEntry(Guid.NewGuid(), DateTimeOffset.UnixEpoch)));

    /// <summary>The tick of a job.</summary>
    public static UpdateIntent TickAt(DateTimeOffset time) => new()
    {
        Id = JobTick.IdOf("j", time),
        Job = "j",
        Sql = "INSERT INTO a SELECT * FROM b",
        Writes = [A],
        Reads = [B],
    };

    public Task<WriteReceipt> RunAsync(UpdateIntent? update = null, CancellationToken stopping = default) =>
        RunAsync(new CoalescedTicks(update ?? Update()), update, stopping);

    public Task<WriteReceipt> RunAsync(CoalescedTicks ticks, UpdateIntent? update = null, CancellationToken stopping = default) =>
        Clock.RunAsync(Runner.RunAsync(
            update ?? Update(), ticks, Activation, () => MayRun, stopping));
}
