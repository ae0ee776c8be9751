namespace Coordinator.Files.Lineages;

/// <summary>The records of a file that are not yet assigned: the gaps between committed parts.</summary>
internal sealed class FreeRecords(long count)
{
    private readonly List<(long First, long Last)> _taken = [];

    /// <summary>True if all these records are free.</summary>
    public bool Has(long first, long records)
    {
        var next = Next(first);
        return (next == 0 || _taken[next - 1].Last < first) && (next == _taken.Count || _taken[next].First > first + records - 1);
    }

    /// <summary>Assigns free records.</summary>
    public void Take(long first, long records)
    {
        if (records > 0) _taken.Insert(Next(first), (first, first + records - 1));
    }

    /// <summary>The free records between two ordinals, in order.</summary>
    public IEnumerable<long> Within(long first, long last)
    {
        last = Math.Min(last, count);
        var at = Math.Max(first, 1);
        var next = Next(at);
        if (next > 0) at = Math.Max(at, _taken[next - 1].Last + 1);
        for (; at <= last; at++)
        {
            while (next < _taken.Count && _taken[next].First == at)
            {
                at = _taken[next].Last + 1;
                next++;
            }

            if (at <= last) yield return at;
        }
    }

    /// <summary>The number of assigned parts that begin before or at a record.</summary>
    private int Next(long first)
    {
        var (low, high) = (0, _taken.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_taken[middle].First <= first) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
