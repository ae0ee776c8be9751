using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>The sources' figures at a table in the last half hour to hour: two halves, of which the older is dropped. Bounded for any number of
/// source names. Not thread-safe.</summary>
internal sealed class SourceLog
{
    private const int MaxSources = 32;

    private static readonly TimeSpan Half = TimeSpan.FromMinutes(30);

    private Halves _inserts;
    private Halves _updates;
    private int _generation;
    private DateTimeOffset _nowSince;
    private DateTimeOffset _since;

    /// <summary>The number of the present half. Sums of another generation are no longer read.</summary>
    public int GenerationAt(DateTimeOffset now)
    {
        Turn(now);
        return _generation;
    }

    /// <summary>The sums of a source, valid during the generation.</summary>
    public Sums Of(string source, bool isUpdate, DateTimeOffset now)
    {
        Turn(now);
        return isUpdate ? _updates.Of(source) : _inserts.Of(source);
    }

    /// <summary>Ordered by how long others waited for the source, longest first.</summary>
    public IReadOnlyList<SourceFigures> Read(DateTimeOffset now)
    {
        Turn(now);
        var minutes = Math.Max((now - _since).TotalMinutes, 1);
        var inserts = _inserts.All.Select(static sums => (Sums: sums, IsUpdate: false));
        var updates = _updates.All.Select(static sums => (Sums: sums, IsUpdate: true));
        return [.. inserts.Concat(updates)
            .GroupBy(static one => (one.Sums.Source, one.IsUpdate), static one => one.Sums)
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
        _since = isFresh ? _nowSince : now;
        _nowSince = now;
        _inserts = _inserts.Next(isFresh);
        _updates = _updates.Next(isFresh);
        _generation++;
    }

    /// <summary>The present half and the one before, each a chain in the order in which the sources came.</summary>
    private struct Halves
    {
        private Sums? _before;
        private Sums? _now;

        public readonly IEnumerable<Sums> All => Chain(_now).Concat(Chain(_before));

        public Sums Of(string source)
        {
            if (_now is null) return _now = new Sums(source);
            var (last, others, count) = (_now, (Sums?)null, 0);
            for (var sums = _now; sums is not null; (last, sums) = (sums, sums.Next))
            {
                if (sums.Source == source) return sums;
                if (sums.Source == SourceFigures.Others) others = sums;
                count++;
            }

            return count < MaxSources ? last.Next = new Sums(source) : others ?? (last.Next = new Sums(SourceFigures.Others));
        }

        public readonly Halves Next(bool isFresh) => isFresh ? new Halves { _before = _now } : default;

        private static IEnumerable<Sums> Chain(Sums? first)
        {
            for (var sums = first; sums is not null; sums = sums.Next) yield return sums;
        }
    }

    /// <summary>The sums of one source. Times are milliseconds.</summary>
    internal sealed class Sums(string source)
    {
        public readonly string Source = source;
        public Sums? Next;
        public long Turns;
        public long Intents;
        public long Rows;
        public double Waited;
        public double Held;
        public double Blocked;
        public bool IsExclusive;
    }
}
