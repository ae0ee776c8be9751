using Coordinator.Client;
using Coordinator.Files.Records;
using Coordinator.Intents;

namespace Coordinator.Files.Lineages;

/// <summary>A plan that numbers records by ordinal within a lineage.</summary>
internal sealed class LineagePlan : InsertPlan
{
    private readonly Lineage _lineage;
    private readonly IReadOnlyList<PlannedPart> _parts;

    /// <summary>Makes a plan for a file with known records.</summary>
    /// <param name="lineage">The lineage.</param>
    /// <param name="limits">The ends of chunks.</param>
    /// <param name="parts">The parts that are not sent, in the order of the file.</param>
    public LineagePlan(Lineage lineage, ChunkLimits limits, IReadOnlyList<PlannedPart> parts)
        : base(limits)
    {
        (_lineage, _parts) = (lineage, parts);
        Limits = limits with { Starts = parts.SelectMany(static p => new[] { p.First, p.Last + 1 }).ToHashSet() };
        RecordsCommitted = parts.Where(static p => p.Fate == RecordFate.Committed).Sum(static p => p.Last - p.First + 1);
    }

    /// <summary>Makes a plan for a new file.</summary>
    public LineagePlan(Lineage lineage, ChunkLimits limits)
        : this(lineage, limits, [])
    {
    }

    /// <summary>The lineage.</summary>
    public Lineage Lineage => _lineage;

    /// <summary>The same plan with the ledger's counts for the file.</summary>
    public LineagePlan With(long intentsCommitted, long recordsRemoved) =>
        new(_lineage, Limits, _parts) { IntentsCommitted = intentsCommitted, RecordsRemoved = recordsRemoved };

    public override RecordFate FateOf(RecordChunk chunk)
    {
        var (low, high) = (0, _parts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_parts[middle].Last < chunk.First) low = middle + 1;
            else high = middle;
        }

        return low < _parts.Count && _parts[low].First <= chunk.First ? _parts[low].Fate : RecordFate.Fresh;
    }

    public override WriteOptions Stamp(RecordChunk chunk, WriteOptions options)
    {
        var id = new IntentId(_lineage.Origin, LineageRange.SequenceOf(_lineage.Generation, chunk.First));
        var anchors = new HashSet<Guid>();
        var (sum, weighted, least) = (UInt128.Zero, UInt128.Zero, UInt128.MaxValue);
        var number = 0;
        foreach (var record in chunk.Source())
        {
            var hash = RecordHash.Of(record.Text.Span);
            var content = hash * _lineage.Context;
            sum += content;
            weighted += (UInt128)(++number) * content;
            if (hash < least) least = hash;
            if (chunk.First + number - 1 <= _lineage.First.LastOrdinal && _lineage.First.Hashes.Contains(hash))
                anchors.Add(Anchors.OfRecord(_lineage.Table, hash));
        }

        anchors.Add(Anchors.OfRecord(_lineage.Table, least));
        if (number > 1) anchors.Add(Anchors.OfWeights(id, weighted));
        return options with { Id = id, ContentHash = RecordHash.ToContent(sum), Anchors = [.. anchors] };
    }
}
