using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>A table's last hour in slots of 30 seconds; a quiet table has few. Not thread-safe.</summary>
internal sealed class HistoryLog(DateTimeOffset begin)
{
    private static readonly double SlotMilliseconds = HistorySlot.Length.TotalMilliseconds;

    private readonly Ring<Slot> _slots = new(HistorySlot.InAnHour);
    private readonly DateTimeOffset _since = begin;

    /// <summary>When the last event was added.</summary>
    public DateTimeOffset LatestAt { get; private set; } = begin;

    /// <summary>Marks the log as used, because an event follows soon.</summary>
    public void Touch(DateTimeOffset now) => LatestAt = now;

    /// <summary>The present slot. Use it immediately.</summary>
    public Slot Now(DateTimeOffset now)
    {
        LatestAt = now;
        var number = Number(now);
        if (_slots.Count == 0 || _slots.Latest.Number < number) _slots.Add(new Slot { Number = number });
        return _slots.Latest;
    }

    /// <summary>The average age of the oldest wait over about <paramref name="span"/>, in whole slots, or over the table's life if that is
    /// shorter, in milliseconds.</summary>
    public double Contention(DateTimeOffset now, TimeSpan span)
    {
        var first = Number(now - span);
        var sum = 0d;
        foreach (var slot in _slots.Items)
        {
            if (slot.Number > first) sum += slot.AgeIntegral;
        }

        var from = DateTimeOffset.UnixEpoch + ((first + 1) * HistorySlot.Length);
        var milliseconds = (now - (from > _since ? from : _since)).TotalMilliseconds;
        return sum / Math.Max(milliseconds, 1_000);
    }

    public IReadOnlyList<HistorySlot> Read(DateTimeOffset now) =>
        [.. _slots.Items.Where(slot => slot.Number > Number(now) - HistorySlot.InAnHour).Select(static slot => slot.Read())];

    /// <summary>The contention of the last hour's slots, including quiet ones, oldest first.</summary>
    public float[] Recent(DateTimeOffset now)
    {
        var recent = new float[HistorySlot.InAnHour];
        var first = Number(now) - HistorySlot.InAnHour + 1;
        foreach (var slot in _slots.Items)
        {
            if (slot.Number >= first) recent[slot.Number - first] = (float)(slot.AgeIntegral / SlotMilliseconds);
        }

        return recent;
    }

    private static long Number(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / HistorySlot.Length.Ticks;

    /// <summary>The sums of 30 seconds. Times are milliseconds.</summary>
    internal sealed class Slot
    {
        public long Number { get; init; }

        /// <summary>The age of the oldest wait, integrated over time: ms².</summary>
        public double AgeIntegral;
        public double Blocked;
        public double InsertsHeld;
        public double UpdatesHeld;
        public long Intents;
        public long Rows;
        public int Batches;
        public int Conflicts;

        public HistorySlot Read() => new()
        {
            At = DateTimeOffset.UnixEpoch + (Number * HistorySlot.Length),
            ContentionMilliseconds = AgeIntegral / SlotMilliseconds,
            BlockedMilliseconds = Blocked,
            InsertsHeldMilliseconds = InsertsHeld,
            UpdatesHeldMilliseconds = UpdatesHeld,
            Intents = Intents,
            Rows = Rows,
            Batches = Batches,
            Conflicts = Conflicts,
        };
    }
}
