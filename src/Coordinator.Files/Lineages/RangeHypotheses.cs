using System.Buffers.Binary;

namespace Coordinator.Files.Lineages;

/// <summary>Explains a committed range by the records at its place: one was edited, or one was removed. The committed sum and weighted sum
/// identify it.</summary>
/// <param name="range">The range.</param>
/// <param name="places">The ordinals of the free records from its expected beginning: some more than it has, if there are.</param>
/// <param name="contents">Their contents.</param>
/// <param name="findElsewhere">Finds a free record by its content near the range.</param>
internal sealed class RangeHypotheses(
    LineageRange range, IReadOnlyList<long> places, IReadOnlyList<UInt128> contents, Func<UInt128, long?> findElsewhere)
{
    /// <summary>The maximum number of records of a range for which a single change is searched.</summary>
    public const int MaxRecords = 10_000;

    private readonly int _count = (int)range.Count;
    private readonly UInt128[] _sums = Sums(contents, weighted: false);
    private readonly UInt128[] _weighted = Sums(contents, weighted: true);

    /// <summary>The result if exactly one record was edited or removed, which the ledger confirms; else null.</summary>
    /// <param name="askAnchors">Returns which of the anchors are in the ledger.</param>
    public async Task<ChangedRange?> ChangedAsync(Func<IReadOnlyList<Guid>, Task<IReadOnlySet<Guid>>> askAnchors)
    {
        if (range.Content == Guid.Empty) return null;
        if (await FirstKnownAsync(Edited(), askAnchors) is { } edited) return EditedAt(edited);
        return await FirstKnownAsync(Removed(), askAnchors) is null ? null : OneRemoved();
    }

    private static async Task<int?> FirstKnownAsync(IReadOnlyList<Guid> anchors, Func<IReadOnlyList<Guid>, Task<IReadOnlySet<Guid>>> askAnchors)
    {
        if (anchors.Count == 0) return null;
        var known = await askAnchors(anchors);
        for (var i = 0; i < anchors.Count; i++)
        {
            if (known.Contains(anchors[i])) return i;
        }

        return null;
    }

    /// <summary>For each record, the weighted sum that was committed if this record was edited.</summary>
    private IReadOnlyList<Guid> Edited()
    {
        if (contents.Count < _count) return [];
        var difference = _sums[_count] - Committed;
        return [.. Enumerable.Range(1, _count).Select(k => Anchors.OfWeights(range.Id, _weighted[_count] - ((UInt128)k * difference)))];
    }

    private ChangedRange EditedAt(int record)
    {
        List<long> same = [.. places.Take(_count).Where((_, i) => i != record)];
        var before = contents[record] - (_sums[_count] - Committed);
        // If the committed record is elsewhere, none was edited: another record was inserted in its place.
        return findElsewhere(before) is { } moved
            ? new ChangedRange([.. same, moved], [], true, 0)
            : new ChangedRange(same, [places[record]], true, 0);
    }

    private ChangedRange OneRemoved()
    {
        List<long> same = [.. places.Take(_count - 1)];
        return findElsewhere(Committed - _sums[_count - 1]) is { } moved
            ? new ChangedRange([.. same, moved], [], true, 0)
            : new ChangedRange(same, [], true, 1);
    }

    /// <summary>For each record, the weighted sum that was committed if a record was removed there.</summary>
    private IReadOnlyList<Guid> Removed()
    {
        var left = _count - 1;
        if (contents.Count < left) return [];
        var removed = Committed - _sums[left];
        var all = _weighted[left] + _sums[left];
        return [.. Enumerable.Range(0, _count).Select(k => Anchors.OfWeights(range.Id, all - _sums[k] + ((UInt128)(k + 1) * removed)))];
    }

    private UInt128 Committed => ContentOf(range);

    /// <summary>The sum of the contents of a range.</summary>
    public static UInt128 ContentOf(LineageRange range) => BinaryPrimitives.ReadUInt128BigEndian(range.Content.ToByteArray(bigEndian: true));

    private static UInt128[] Sums(IReadOnlyList<UInt128> contents, bool weighted)
    {
        var sums = new UInt128[contents.Count + 1];
        for (var i = 0; i < contents.Count; i++) sums[i + 1] = sums[i] + (weighted ? (UInt128)(i + 1) * contents[i] : contents[i]);
        return sums;
    }
}
