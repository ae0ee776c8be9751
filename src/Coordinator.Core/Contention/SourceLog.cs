using Coordinator.Contention;

namespace Coordinator.Core.Contention;

/// <summary>The sources' figures at a table in the last half hour to hour: two halves, of which the older is dropped. Bounded for any number of
/// source names. Not thread-safe.</summary>
internal sealed class SourceLog
{
    private const int MaxSources = 32;

    private static readonly TimeSpan Half = TimeSpan.FromMinutes(30);

    private Halves _inserts = new();
    private Halves _updates = new();
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
        var sums = (isUpdate ? _updates : _inserts).Present();
        if (sums.TryGetValue(source, out var found)) return found;
        if (sums.Count >= MaxSources && sums.TryGetValue(source = SourceFigures.Others, out found)) return found;
        return sums[source] = new Sums();
    }

    /// <summary>Ordered by how long others waited for the source, longest first.</summary>
    public IReadOnlyList<SourceFigures> Read(DateTimeOffset now)
    {
        Turn(now);
        var minutes = Math.Max((now - _since).TotalMinutes, 1);
        var inserts = _inserts.All.Select(static one => (one.Key, one.Value, IsUpdate: false));
        var updates = _updates.All.Select(static one => (one.Key, one.Value, IsUpdate: true));
        return [.. inserts.Concat(updates)
            .GroupBy(static one => (one.Key, one.IsUpdate), static one => one.Value)
            .Select(one => new SourceFigures
            {
                Source = one.Key.Key,
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
        _inserts = new Halves(isFresh ? _inserts : null);
        _updates = new Halves(isFresh ? _updates : null);
        _generation++;
    }

    /// <summary>The present half and the one before.</summary>
    private sealed class Halves(Halves? last = null)
    {
        private static readonly Dictionary<string, Sums> None = [];

        private readonly Dictionary<string, Sums>? _before = last?._now;
        private Dictionary<string, Sums>? _now;

        public IEnumerable<KeyValuePair<string, Sums>> All => (_now ?? None).Concat(_before ?? None);

        public Dictionary<string, Sums> Present() => _now ??= new(StringComparer.Ordinal);
    }

    /// <summary>The sums of one source. Times are milliseconds.</summary>
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
