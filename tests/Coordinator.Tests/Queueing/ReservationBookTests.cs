using Coordinator.Core.Queueing;
using Coordinator.Core.Reservations;
using Coordinator.Tables;

namespace Coordinator.Tests.Queueing;

public sealed class ReservationBookTests : IReservationMemory
{
    private readonly TaskCompletionSource<IReadOnlyList<RememberedReservation>?> _memory = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    async ValueTask<IReadOnlyList<RememberedReservation>?> IReservationMemory.ReadAsync(TableName table, CancellationToken cancellationToken) =>
        await _memory.Task;

    ValueTask<bool> IReservationMemory.WriteAsync(
        TableName table, IReadOnlyList<RememberedReservation> reservations, TimeSpan life, CancellationToken cancellationToken) =>
            ValueTask.FromResult(true);
}
