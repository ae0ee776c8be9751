using Coordinator.Core.Committing;
using Coordinator.Core.Ledger;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Tests.Committing;

public sealed class BatchCommitterTests : ICommitObserver
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<FailureKind> _givenUp = [];
    private readonly List<FailureKind> _retries = [];
    private long _rows;

    [Fact]
    public async Task A_bad_row_rejects_its_own_intent_and_no_other()
    {
        var warehouse = new FakeWarehouse(batch => batch.Intents.Any(static i => i.Id.Sequence == 5) ? throw Failure(FailureKind.Rejected) : Done());

        var outcomes = await CommitAsync(warehouse, 16);

        Assert.Equal([5], outcomes.Where(static o => o.Value.Receipt!.Status == WriteStatus.Rejected).Select(static o => o.Key.Sequence));
        Assert.Equal(15, outcomes.Count(static o => o.Value.Receipt!.Status == WriteStatus.Committed));
        Assert.Equal(15, _rows);
        // Halving from 16 to one: four refusals on the way, the refused intent itself, and its neighbours.
        Assert.True(warehouse.Batches.Count <= 9, $"{warehouse.Batches.Count} transactions");
        Assert.Equal(warehouse.Batches.Count, warehouse.Batches.Select(static b => b.BatchId).Distinct().Count());
    }

    [Fact]
    public async Task A_conflict_is_tried_again()
    {
        var left = 2;
        var outcomes = await CommitAsync(new FakeWarehouse(_ => left-- > 0 ? throw Failure(FailureKind.Conflict) : Done()), 3);

        Assert.All(outcomes.Values, static o => Assert.Equal(WriteStatus.Committed, o.Receipt!.Status));
        Assert.Equal([FailureKind.Conflict, FailureKind.Conflict], _retries);
    }

    [Theory]
    [InlineData(FailureKind.Unavailable, FailureCause.Connection, true)]
    [InlineData(FailureKind.Unknown, FailureCause.UnknownOutcome, true)]
    [InlineData(FailureKind.Conflict, FailureCause.Conflict, false)]
    public async Task Who_lost_the_connection_asks_more_before_the_next_try(FailureKind kind, FailureCause cause, bool asksMore)
    {
        var left = 1;
        var warehouse = new FakeWarehouse(_ => left-- > 0 ? throw new WarehouseException(kind, "lost") { Cause = cause } : Done());
        var asked = 0;
        var outcomes = await CommitAsync(warehouse, 1, mayGoOn: () => asked++ < 0);
        var outcome = Assert.Single(outcomes).Value;
        Assert.Equal(asksMore ? 1 : 0, asked);
        Assert.Equal(asksMore, outcome.Receipt is null);
        Assert.Equal(asksMore ? 1 : 2, warehouse.Batches.Count);
    }

    [Fact]
    public async Task An_unknown_outcome_that_the_ledger_has_is_committed_once()
    {
        Guid? committed = null;
        var warehouse = new FakeWarehouse(batch =>
        {
            if (committed is { } first)
            {
                Assert.Equal(first, batch.BatchId);
                return new BatchResult(Now, batch.Intents.ToDictionary(static i => i.Id, i => Known(i.Id, first)));
            }

            committed = batch.BatchId;
            throw Failure(FailureKind.Unknown);
        });

        var outcomes = await CommitAsync(warehouse, 2);

        Assert.All(outcomes.Values, static o => Assert.Equal(WriteStatus.Committed, o.Receipt!.Status));
        Assert.All(outcomes.Values, o => Assert.Equal(committed, o.Receipt!.BatchId));
    }

    [Fact]
    public async Task What_another_batch_committed_is_committed_already()
    {
        var other = Guid.NewGuid();
        var outcomes = await CommitAsync(
            new FakeWarehouse(batch =>
                new BatchResult(Now, new Dictionary<IntentId, KnownRange> { [batch.Intents[0].Id] = Known(batch.Intents[0].Id, other) })), 2);

        Assert.Equal(WriteStatus.AlreadyCommitted, outcomes[Some.Id(0)].Receipt!.Status);
        Assert.Equal(other, outcomes[Some.Id(0)].Receipt!.BatchId);
        Assert.Equal(WriteStatus.Committed, outcomes[Some.Id(1)].Receipt!.Status);
        Assert.Equal(1, _rows);
    }

    [Fact]
    public async Task A_warehouse_that_stays_away_gives_a_typed_answer_after_the_last_try()
    {
        var warehouse = new FakeWarehouse(_ => throw Failure(FailureKind.Unavailable));
        var outcomes = await CommitAsync(warehouse, 1);

        Assert.IsType<WarehouseUnavailableException>(outcomes[Some.Id(0)].Failure);
        Assert.Equal(4, warehouse.Batches.Count);
    }

    [Fact]
    public async Task Once_unknown_stays_unknown_until_the_ledger_answers()
    {
        var tries = 0;
        var outcomes = await CommitAsync(
            new FakeWarehouse(_ => throw Failure(tries++ == 0 ? FailureKind.Unknown : FailureKind.Unavailable)), 1);

        Assert.IsType<OutcomeUnknownException>(outcomes[Some.Id(0)].Failure);
    }

    [Fact]
    public async Task A_lost_turn_is_not_tried_again_here()
    {
        var warehouse = new FakeWarehouse(_ => throw Failure(FailureKind.TurnLost));
        var outcomes = await CommitAsync(warehouse, 1);

        Assert.IsType<TableMovedException>(outcomes[Some.Id(0)].Failure);
        Assert.Single(warehouse.Batches);
    }

    [Fact]
    public async Task Whoever_lost_the_turn_between_two_tries_does_not_begin_the_second()
    {
        var warehouse = new FakeWarehouse(_ => throw Failure(FailureKind.Unavailable));
        var outcomes = await CommitAsync(warehouse, 1, mayCommit: () => warehouse.Batches.Count == 0);

        Assert.IsType<TableMovedException>(outcomes[Some.Id(0)].Failure);
        Assert.Single(warehouse.Batches);
    }

    [Fact]
    public async Task A_table_that_changed_is_read_again_and_what_fits_goes_on_in_the_same_call()
    {
        var now = SchemaOf(WarehouseType.Text, "now");
        var warehouse = new FakeWarehouse(batch => batch.Schema.Fingerprint == "now" ? Done() : throw Failure(FailureKind.SchemaChanged));
        var outcomes = await CommitAsync(warehouse, 3, readSchema: () => Task.FromResult(now));

        Assert.All(outcomes.Values, static o => Assert.Equal(WriteStatus.Committed, o.Receipt!.Status));
        Assert.Equal(2, warehouse.Batches.Count);
        Assert.Equal("0", warehouse.Batches[1].Intents[1].Rows.Column(0).Text(0));
        Assert.Empty(_retries);
    }

    [Fact]
    public async Task What_does_not_fit_the_changed_table_is_rejected_by_row_and_column_unless_the_ledger_has_it()
    {
        var now = SchemaOf(WarehouseType.Uuid, "now");
        var warehouse = new FakeWarehouse(static _ => throw Failure(FailureKind.SchemaChanged));
        warehouse.Known.Add(Known(Some.Id(1), Guid.NewGuid()));
        var outcomes = await CommitAsync(warehouse, 3, readSchema: () => Task.FromResult(now));

        Assert.Equal([WriteStatus.Rejected, WriteStatus.AlreadyCommitted, WriteStatus.Rejected], outcomes.OrderBy(static o => o.Key.Sequence)
            .Select(static o => o.Value.Receipt!.Status));
        Assert.Equal("id", outcomes[Some.Id(0)].Receipt!.Errors[0].Column);
        Assert.Single(warehouse.Batches);
    }

    [Fact]
    public async Task A_table_that_is_gone_rejects_the_whole_batch_at_once()
    {
        var warehouse = new FakeWarehouse(static _ => throw Failure(FailureKind.SchemaChanged));
        var outcomes = await CommitAsync(warehouse, 500, readSchema: static () =>
            Task.FromException<TableSchema>(new WarehouseException(FailureKind.Rejected, "There is no table.")));

        Assert.All(outcomes.Values, static o => Assert.Equal(WriteStatus.Rejected, o.Receipt!.Status));
        Assert.Single(warehouse.Batches);
    }

    [Fact]
    public async Task A_table_that_never_stops_changing_gives_a_typed_answer()
    {
        var warehouse = new FakeWarehouse(static _ => throw Failure(FailureKind.SchemaChanged));
        var outcomes = await CommitAsync(warehouse, 1, readSchema: static () => Task.FromResult(SchemaOf(WarehouseType.Text, "now")));

        Assert.IsType<WarehouseUnavailableException>(outcomes[Some.Id(0)].Failure);
        Assert.Equal(6, warehouse.Batches.Count);
    }

    [Fact]
    public async Task Intents_that_were_bound_to_different_tables_are_bound_again_first()
    {
        var warehouse = new FakeWarehouse(static _ => Done());
        await CommitAsync(warehouse, 2, readSchema: static () => Task.FromResult(SchemaOf(WarehouseType.Text, "now")), isMixed: true);

        Assert.Equal("now", Assert.Single(warehouse.Batches).Schema.Fingerprint);
    }

    [Fact]
    public async Task Other_content_under_a_known_id_is_refused_and_says_what_is_committed()
    {
        var (first, content) = (Guid.NewGuid(), Guid.NewGuid());
        var warehouse = new FakeWarehouse(batch => new BatchResult(
            Now, batch.Intents.ToDictionary(static i => i.Id, i =>
                new KnownRange(new SequenceRange(i.Id.Origin, i.Id.Sequence, i.Id.Sequence, 7, content), new LedgerEntry(first, Now)))));
        var committer = new BatchCommitter(warehouse, static _ =>
            throw new NotSupportedException(), new RetryOptions(), TimeProvider.System, new Random(1), this);
        InsertIntent[] intents = [With(Some.Insert(0), content), With(Some.Insert(1), Guid.NewGuid()), Some.Insert(2)];
        var batch = new InsertBatch
        {
            BatchId = Guid.NewGuid(),
            Schema = new TableSchema(Some.Table, []),
            Activation = "test",
            Intents = intents,
            MayCommit = static _ => ValueTask.FromResult(true)
        };
        var outcomes = await committer.CommitAsync(batch, CancellationToken.None);

        Assert.Equal((WriteStatus.AlreadyCommitted, 7L), (outcomes[Some.Id(0)].Receipt!.Status, outcomes[Some.Id(0)].Receipt!.Rows));
        Assert.Equal(WriteStatus.AlreadyCommitted, outcomes[Some.Id(2)].Receipt!.Status);
        var refused = outcomes[Some.Id(1)].Receipt!;
        Assert.Equal((WriteStatus.Rejected, Now, first), (refused.Status, refused.CommittedAt, refused.BatchId));
        Assert.Contains("2026-01-02 03:04:05.000000Z", refused.Errors[0].Reason, StringComparison.Ordinal);

        static InsertIntent With(InsertIntent intent, Guid content) =>
            new() { Id = intent.Id, Table = intent.Table, Rows = intent.Rows, ContentHash = content };
    }

    void ICommitObserver.OnGivenUp(WarehouseException failure) => _givenUp.Add(failure.Kind);

    void ICommitObserver.OnRetry(WarehouseException failure) => _retries.Add(failure.Kind);

    void ICommitObserver.OnCommitted(long rows, TimeSpan took) => _rows += rows;

    private static WarehouseException Failure(FailureKind kind) => new(kind, "scripted");

    private static KnownRange Known(IntentId id, Guid batch) =>
        new(new SequenceRange(id.Origin, id.Sequence, id.Sequence, 1), new LedgerEntry(batch, Now));

    private static TableSchema SchemaOf(WarehouseType type, string fingerprint) =>
        new(Some.Table, [new WarehouseColumn { Name = "id", Type = type, TypeName = type.ToString() }], fingerprint);

    private static BatchResult Done() => new(Now, BatchResult.None);

    private Task<IReadOnlyDictionary<IntentId, IntentOutcome>> CommitAsync(FakeWarehouse warehouse, int intents, Func<bool>? mayCommit = null,
        Func<bool>? mayGoOn = null, Func<Task<TableSchema>>? readSchema = null, bool isMixed = false)
    {
        var options = new RetryOptions { MaxRetries = 3, Delay = TimeSpan.FromTicks(1), MaxDelay = TimeSpan.FromTicks(10) };
        var committer = new BatchCommitter(warehouse, _ =>
            readSchema?.Invoke() ?? throw new NotSupportedException(), options, TimeProvider.System, new Random(1), this);
        return committer.CommitAsync(
            new InsertBatch
            {
                BatchId = Guid.NewGuid(),
                Schema = new TableSchema(Some.Table, []),
                Activation = "test",
                Intents = [.. Enumerable.Range(0, intents).Select(static i => Some.Insert(i))],
                MayCommit = _ => ValueTask.FromResult(mayCommit?.Invoke() ?? true),
                IsMixed = isMixed,
                MayGoOn = mayGoOn is null ? null : _ => ValueTask.FromResult(mayGoOn()),
            },
            CancellationToken.None);
    }
}
