using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>Who did what at a table in the last half hour to hour: two halves, the older of which is dropped. Bounded, whatever writers call themselves. Not thread-safe.</summary>
internal sealed class SourceLog
{
    private const int MaxSources = 32;

    private static readonly TimeSpan Half = TimeSpan.FromMinutes(30);

    private Dictionary<(string Source, bool IsUpdate), Sums> _now = [];
    private Dictionary<(string Source, bool IsUpdate), Sums> _before = [];
    private DateTimeOffset _nowSince;
    private DateTimeOffset _since;

    /// <summary>The sums of a source, to be added to at once: the next call may drop them.</summary>
    public Sums Of(string source, bool isUpdate, DateTimeOffset now)
    {
        Turn(now);
        var key = (source, isUpdate);
        if (_now.TryGetValue(key, out var sums)) return sums;
        if (_now.Count >= MaxSources && !_now.TryGetValue(key = (SourceFigures.Others, isUpdate), out sums)) return _now[key] = new Sums();
        return sums ?? (_now[key] = new Sums());
    }

    /// <summary>Those who had others wait the longest first.</summary>
    public IReadOnlyList<SourceFigures> Read(DateTimeOffset now)
    {
        Turn(now);
        var minutes = Math.Max((now - _since).TotalMinutes, 1);
        return [.. _now.Concat(_before)
            .GroupBy(static one => one.Key, static one => one.Value)
            .Select(one => new SourceFigures
            {
                Source = one.Key.Source,
                IsUpdate = one.Key.IsUpdate,
                Turns = one.Sum(static s => s.Turns),
                Intents = one.Sum(static s => s.Intents),
                Rows = one.Sum(static s => s.Rows),
                WaitedMilliseconds = one.Sum(static s => s.Waited),
                HeldMilliseconds = one.Sum(static s => s.Held),
                BlockedMilliseconds = one.Sum(static s => s.Blocked),
                IsExclusive = one.Any(static s => s.IsExclusive),
                WindowMinutes = minutes,
            })
            .OrderByDescending(static s => s.BlockedMilliseconds).ThenByDescending(static s => s.HeldMilliseconds)];
    }

    private void Turn(DateTimeOffset now)
    {
        if (now - _nowSince < Half) return;
        var isFresh = now - _nowSince < 2 * Half;
        (_before, _since) = isFresh ? (_now, _nowSince) : ([], now);
        (_now, _nowSince) = ([], now);
    }

    /// <summary>One source's sums, in milliseconds where they are times.</summary>
    internal sealed class Sums
    {
        public long Turns;
        public long Intents;
        public long Rows;
        public double Waited;
        public double Held;
        public double Blocked;
        public bool IsExclusive;
    }
}
