namespace Coordinator.Files.Lineages;

/// <summary>Finds the records of a lineage's committed ranges in a file: at their own ordinals, or shifted by lines that were added or removed
/// before them.</summary>
internal sealed class Placement
{
    private readonly RecordIndex _index;
    private readonly FreeRecords _free;
    private readonly Dictionary<LineageRange, long> _places = [];
    private readonly List<LineageRange> _lost = [];
    private readonly SortedSet<long> _shifts = [];
    private readonly HashSet<long> _searched = [];

    private Placement(IReadOnlyList<LineageRange> ranges, RecordIndex index, FreeRecords free, int searches)
    {
        (Ranges, _index, _free) = (ranges, index, free);
        foreach (var range in ranges)
        {
            if (!TryPlace(range, range.Ordinal)) _lost.Add(range);
        }

        FollowShifts();
        for (var i = 0; i < searches && CommonestLength() is { } length; i++)
        {
            if (Search(length)) FollowShifts();
        }
    }

    /// <summary>The ranges, ordered by sequence.</summary>
    public IReadOnlyList<LineageRange> Ranges { get; }

    /// <summary>For each range that is complete in this file, its first record.</summary>
    public IReadOnlyDictionary<LineageRange, long> Places => _places;

    /// <summary>The records that belong to no range.</summary>
    public FreeRecords Free => _free;

    /// <summary>The number of records of all ranges.</summary>
    public long RecordsCommitted => Ranges.Sum(static r => r.Count);

    /// <summary>The number of records of ranges that are complete in this file.</summary>
    public long RecordsPlaced => _places.Keys.Sum(static r => r.Count);

    /// <summary>The number of records of ranges that are at their own ordinals.</summary>
    public long RecordsUnmoved => _places.Where(static p => p.Value == p.Key.Ordinal).Sum(static p => p.Key.Count);

    /// <summary>Places ranges, and assigns their records.</summary>
    public static Placement Of(IReadOnlyList<LineageRange> ranges, RecordIndex index, FreeRecords free) => new(ranges, index, free, searches: 64);

    /// <summary>Places ranges to check whether they belong to the file: fewer searches of the whole file are enough.</summary>
    public static Placement Trial(IReadOnlyList<LineageRange> ranges, RecordIndex index) =>
        new(ranges, index, new FreeRecords(index.Count), searches: 4);

    /// <summary>The number of different records in the placed ranges, up to a sufficient number.</summary>
    /// <param name="enough">The sufficient number.</param>
    /// <param name="others">Records that count too.</param>
    public int DifferentRecords(int enough, IReadOnlySet<UInt128>? others = null)
    {
        if (_places.Count == 0) return 0;
        var seen = new HashSet<UInt128>(others ?? new HashSet<UInt128>());
        foreach (var (range, first) in _places)
        {
            for (var i = 0; i < range.Count && seen.Count < enough; i++) seen.Add(_index.Record(first + i));
        }

        return seen.Count;
    }

    private bool TryPlace(LineageRange range, long first)
    {
        if (!_index.Has(first, range.Count) || !_free.Has(first, range.Count)) return false;
        // A range without content in the ledger is accepted at its own ordinals.
        var isSame = range.Content == Guid.Empty ? first == range.Ordinal : RecordHash.ToContent(_index.Content(first, range.Count)) == range.Content;
        if (!isSame) return false;
        _free.Take(first, range.Count);
        _places.Add(range, first);
        if (first != range.Ordinal) _shifts.Add(first - range.Ordinal);
        return true;
    }

    /// <summary>A shift of one range is tried for other ranges too.</summary>
    private void FollowShifts()
    {
        var known = 0;
        while (known < _shifts.Count)
        {
            known = _shifts.Count;
            foreach (var shift in _shifts.ToArray()) _lost.RemoveAll(range => TryPlace(range, range.Ordinal + shift));
        }
    }

    private long? CommonestLength()
    {
        var lengths = _lost.Where(r => r.Content != Guid.Empty && !_searched.Contains(r.Count)).GroupBy(static r => r.Count).ToList();
        return lengths.Count == 0 ? null : lengths.MaxBy(static l => l.Count())!.Key;
    }

    /// <summary>Searches the whole file for a lost range of this length. The first match gives a shift for others.</summary>
    private bool Search(long length)
    {
        var wanted = _lost.Where(r => r.Count == length).ToLookup(static r => r.Content);
        for (var first = 1L; first + length - 1 <= _index.Count; first++)
        {
            foreach (var range in wanted[RecordHash.ToContent(_index.Content(first, length))])
            {
                if (!TryPlace(range, first)) continue;
                _lost.Remove(range);
                return true;
            }
        }

        _searched.Add(length);
        return false;
    }
}
