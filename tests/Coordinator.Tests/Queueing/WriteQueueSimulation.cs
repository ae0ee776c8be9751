using Coordinator.Core.Queueing;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Queueing;

/// <summary>Random lives of a queue. A failure prints its seed; CsCheck_Seed replays it.</summary>
[Trait("Kind", "Simulation")]
public sealed class WriteQueueSimulation
{
    private enum Step
    {
        Insert,
        ReserveShared,
        ReserveExclusive,
        ReleaseOne,
        EndTurn,
        Pass,
    }

    [Fact]
    public void Turns_never_interleave_keep_their_order_and_every_entry_is_served() =>
        Gen.Enum<Step>().Array[5, 200].Sample(static steps => new Life().Run(steps), iter: 3000);

    private sealed class Life
    {
        private readonly FakeTimeProvider _clock = new();
        private readonly WriteQueue _queue;
        private readonly List<(long Sequence, bool IsUpdate)> _arrived = [];
        private readonly List<long> _served = [];
        private readonly Dictionary<long, Task<bool>> _waiting = [];
        private readonly Dictionary<long, ReservationMode> _holding = [];
        private readonly Dictionary<long, ReservationMode> _modes = [];
        private InsertTurn? _turn;
        private long _next;

        public Life() => _queue = new WriteQueue(new WriteQueueOptions { MaxBatchRows = 3 }, _clock);

        public void Run(Step[] steps)
        {
            foreach (var step in steps)
            {
                Take(step);
                Advance();
            }

            // Every holder releases until there is none left: no history ends with a waiter that never gets its turn.
            for (var rounds = 0; !_queue.IsIdle; rounds++)
            {
                Assert.True(rounds < 10_000, "a waiter never got its turn");
                Take(_turn is not null ? Step.EndTurn : Step.ReleaseOne);
                Advance();
            }

            Assert.Equal(_arrived.Select(static a => a.Sequence), _served);
        }

        private void Take(Step step)
        {
            switch (step)
            {
                case Step.Insert:
                    _arrived.Add((_next, false));
                    _ = _queue.Enqueue(Some.Insert(_next++, maxWait: TimeSpan.FromDays(1)));
                    break;
                case Step.ReserveShared:
                    Reserve(ReservationMode.Shared);
                    break;
                case Step.ReserveExclusive:
                    Reserve(ReservationMode.Exclusive);
                    break;
                case Step.ReleaseOne when _holding.Count > 0:
                    var holder = _holding.Keys.Min();
                    _holding.Remove(holder);
                    _queue.Release(Some.Id(holder), default);
                    break;
                case Step.EndTurn when _turn is not null:
                    _turn = null;
                    _queue.EndInsertTurn(static e => new WriteReceipt { Id = e.Id, Status = WriteStatus.Committed });
                    break;
                default:
                    _clock.Advance(TimeSpan.FromMilliseconds(10));
                    break;
            }
        }

        private void Reserve(ReservationMode mode)
        {
            _arrived.Add((_next, true));
            var id = new IntentId(Some.Origin, _next);
            _waiting[_next] = _queue.Reserve(new ReserveRequest { Id = id, Mode = mode, Lease = TimeSpan.FromDays(1) });
            _modes[_next++] = mode;
        }

        private void Advance()
        {
            if (_queue.Advance() is { } turn)
            {
                Assert.Null(_turn);
                _turn = turn;
                _served.AddRange(turn.Entries.Select(static e => e.Id.Sequence));
            }

            foreach (var granted in _waiting.Where(static w => w.Value.IsCompleted).Select(static w => w.Key).Order().ToList())
            {
                _waiting.Remove(granted);
                _holding[granted] = _modes[granted];
                _served.Add(granted);
            }

            Assert.False(_turn is not null && _holding.Count > 0, "an insert turn and an update hold the table together");
            Assert.True(_holding.Count <= 1 || _holding.Values.All(static m => m == ReservationMode.Shared), "an exclusive holder is not alone");
        }
    }
}
