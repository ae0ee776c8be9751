using Coordinator.Core.Queueing;
using Coordinator.Core.Reservations;
using Coordinator.Grains;
using Coordinator.Tables;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Queueing;

/// <summary>The holders of a table beyond the life of an activation, over a memory that the test reads.</summary>
public sealed class ReservationBookTests : IReservationMemory
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30.2);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<(string Holders, TimeSpan Life)> _written = [];
    private readonly WriteQueue _queue;
    private readonly TaskCompletionSource<IReadOnlyList<RememberedReservation>?> _memory = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isWritable = true;
    private int _reads;
    private int _notRestored;
    private int _notRemembered;

    public ReservationBookTests() => _queue = new WriteQueue(new WriteQueueOptions(), _clock);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_activations_first_insert_goes_on_without_a_tick_once_it_is_known_who_holds_the_table(bool isKnownAtOnce)
    {
        if (isKnownAtOnce) _memory.SetResult([]);
        var turn = new TaskCompletionSource<InsertTurn>();
        var queue = new WriteQueue(new WriteQueueOptions(), TimeProvider.System);
        ReservationBook book = null!;
        // On one thread at a time, like a table grain.
        var grain = new TaskFactory(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        book = new ReservationBook(Some.Table, queue, this, static _ => false, Advance, CancellationToken.None);
        _ = queue.Enqueue(Some.Insert(1));
        await grain.StartNew(Advance, CancellationToken.None);
        if (!isKnownAtOnce) _memory.SetResult([]);

        Assert.Equal(Some.Id(1), (await turn.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System)).Entries[0].Id);

        void Advance()
        {
            if (book.RestoredAsync().IsCompleted && queue.InsertTurn is null && queue.Advance() is { } next) turn.TrySetResult(next);
        }
    }

    [Fact]
    public async Task A_grant_is_written_before_it_is_answered_for_as_long_as_the_longest_lease_in_whole_seconds()
    {
        _memory.SetResult([]);
        var book = await BookAsync();
        var granted = await book.ReserveAsync(Request(1, TimeSpan.FromSeconds(10)));
        Assert.Equal((true, new OwnerToken("here")), (granted.Granted, granted.Activation));
        await book.ReserveAsync(Request(2, Lease));
        Assert.Equal([("1", TimeSpan.FromSeconds(10)), ("1 2", TimeSpan.FromSeconds(31))], _written);
    }

    [Fact]
    public async Task A_release_is_written_and_the_last_one_empties_the_memory_once()
    {
        _memory.SetResult([]);
        var book = await BookAsync();
        await book.ReserveAsync(Request(1, Lease));
        _written.Clear();
        await book.ReleaseAsync(Some.Id(1), new("holder"));
        await book.ReleaseAsync(Some.Id(1), new("holder"));
        Assert.Equal([("", TimeSpan.FromSeconds(1))], _written);
        Assert.Empty(_queue.Holders);
    }

    [Fact]
    public async Task A_release_gives_the_table_to_the_next_update()
    {
        _memory.SetResult([]);
        var book = await BookAsync();
        await book.ReserveAsync(Request(1, Lease, ReservationMode.Exclusive));
        var next = book.ReserveAsync(Request(2, Lease, ReservationMode.Exclusive));
        Assert.False(next.IsCompleted);
        await book.ReleaseAsync(Some.Id(1), new("holder"));
        Assert.True((await next).Granted);
    }

    [Fact]
    public async Task A_refusal_is_not_written_and_names_no_grantor()
    {
        _memory.SetResult([]);
        var refused = await (await BookAsync()).ReserveAsync(Request(1, Lease).ToRenewal());
        Assert.Equal(new ReserveResponse(false, default), refused);
        Assert.Empty(_written);
    }

    [Fact]
    public async Task The_predecessors_holders_have_the_table_except_those_of_silos_that_are_gone()
    {
        _memory.SetResult([Remembered(7, "here"), Remembered(8, "gone")]);
        var book = await BookAsync(static silo => silo == new SiloId("gone"));
        await book.RestoredAsync();
        await book.RestoredAsync();
        Assert.Equal([Some.Id(7)], _queue.Holders.Select(static h => h.Id));
        Assert.Equal((1, 0), (_reads, _notRestored));
        await book.ReleaseAsync(Some.Id(7), new("holder"));
        Assert.Equal([("", TimeSpan.FromSeconds(1))], _written);
    }

    [Fact]
    public async Task A_memory_that_cannot_be_read_or_written_is_reported_and_stops_no_update()
    {
        _memory.SetResult(null);
        _isWritable = false;
        var book = await BookAsync();
        Assert.True((await book.ReserveAsync(Request(1, Lease))).Granted);
        Assert.Equal((1, 1), (_notRestored, _notRemembered));
        _isWritable = true;
        await book.ReserveAsync(Request(1, Lease).ToRenewal());
        Assert.Equal(1, _notRemembered);
    }

    [Fact]
    public async Task A_tick_writes_only_when_an_update_lost_the_table_and_gives_it_to_the_next()
    {
        _memory.SetResult([]);
        var book = await BookAsync();
        await book.ReserveAsync(Request(1, TimeSpan.FromSeconds(2), ReservationMode.Exclusive));
        var next = book.ReserveAsync(Request(2, Lease, ReservationMode.Exclusive));
        _written.Clear();
        Assert.Empty(await book.TickAsync());
        Assert.Empty(_written);

        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([Some.Id(1)], (await book.TickAsync()).Select(static e => e.Id));
        Assert.True((await next).Granted);
        Assert.Equal("", _written[0].Holders);
    }

    /// <summary>A book that has read its memory and advanced once after it. A grain does that on its own scheduler; here it must not run beside
    /// the test.</summary>
    private async Task<ReservationBook> BookAsync(Func<SiloId, bool>? isGone = null)
    {
        var advanced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var book = new ReservationBook(Some.Table, _queue, this, isGone ?? (static _ => false), Advance, CancellationToken.None)
        {
            OnNotRestored = () => _notRestored++,
            OnNotRemembered = () => _notRemembered++,
        };
        await book.RestoredAsync();
        await advanced.Task;
        return book;

        void Advance()
        {
            _queue.Advance(new OwnerToken("here"));
            advanced.TrySetResult();
        }
    }

    private static ReserveRequest Request(long sequence, TimeSpan lease, ReservationMode mode = ReservationMode.Shared) =>
        new() { Id = Some.Id(sequence), Mode = mode, Lease = lease, Holder = new("holder") };

    private static RememberedReservation Remembered(long sequence, string silo) => new(
        Some.Id(sequence), ReservationMode.Shared, new Holder(new("holder"), new(silo), "job"), new("before"), Lease);

    ValueTask<IReadOnlyList<RememberedReservation>?> IReservationMemory.ReadAsync(TableName table, CancellationToken cancellationToken)
    {
        _reads++;
        return new(_memory.Task);
    }

    ValueTask<bool> IReservationMemory.WriteAsync(
        TableName table, IReadOnlyList<RememberedReservation> reservations, TimeSpan life, CancellationToken cancellationToken)
    {
        _written.Add((string.Join(' ', reservations.Select(static r => r.Id.Sequence)), life));
        return ValueTask.FromResult(_isWritable);
    }
}
