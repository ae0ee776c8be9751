using System.Text;
using Coordinator.Client;
using Coordinator.Files.Input;
using Coordinator.Files.Records;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Files.Lineages;

/// <summary>Finds the records of a file that are already in the ledger, even after the file was changed.</summary>
internal sealed class LineageSearch(
    ICoordinatorClient client, TableName table, InputText input, ChunkLimits limits, TimeSpan? timeout, CancellationToken cancellationToken)
{
    /// <summary>The maximum number of lineages to check: those that most of the file's records lead to.</summary>
    private const int MaxCandidates = 8;

    /// <summary>The maximum number of ranges for which a single change is searched.</summary>
    private const int MaxExplained = 64;

    /// <summary>The same for the check whether the file belongs to the lineage.</summary>
    private const int MaxExplainedOnTrial = 2;

    /// <summary>Plans the insertion of the file.</summary>
    /// <exception cref="FormatException">The content has another format than expected.</exception>
    public async Task<InsertPlan> PlanAsync()
    {
        var ahead = await ReadAhead.OfAsync(input, limits, cancellationToken);
        var context = await ContextAsync();
        if (ahead.First.Hashes.Count == 0) return NewPlan(ahead, context, "");
        var candidates = await CandidatesAsync(ahead);
        if (candidates.Count > 0)
        {
            using var index = await RecordIndex.OfAsync(input, limits, context, cancellationToken);
            var proven = new List<Candidate>();
            foreach (var candidate in candidates)
            {
                if (await IsProvenAsync(candidate, index)) proven.Add(candidate);
            }

            if (proven.Count > 0) return await PlanAsync(proven, candidates, index, ahead.First, context);
        }

        var earlier = await EarlierPlan.FindAsync(client, table, input, limits, timeout, cancellationToken);
        return earlier as InsertPlan ?? NewPlan(ahead, context, "");
    }

    /// <summary>Plans to insert the whole file, including records that are already in the ledger.</summary>
    public async Task<InsertPlan> PlanAgainAsync()
    {
        var ahead = await ReadAhead.OfAsync(input, limits, cancellationToken);
        return NewPlan(ahead, await ContextAsync(), Guid.NewGuid().ToString("N"));
    }

    private LineagePlan NewPlan(ReadAhead ahead, UInt128 context, string salt) =>
        new(new Lineage(table, ahead.First.OriginOf(table, salt), 0, context, ahead.First), limits);

    /// <summary>Whether the file is a version of a lineage's file. Ranges that one change explains completely are evidence too.</summary>
    private async Task<bool> IsProvenAsync(Candidate candidate, RecordIndex index)
    {
        var trial = Placement.Trial(candidate.Ranges, index);
        return candidate.IsProvenBy(trial, index.Count)
            || (await new Changes(trial, index, KnownAnchorsAsync, MaxExplainedOnTrial).ExplainAsync()).Any(static c => c.Same.Count >= 2);
    }

    private async Task<InsertPlan> PlanAsync(
        List<Candidate> proven, IReadOnlyList<Candidate> candidates, RecordIndex index, FirstRecords first, UInt128 context)
    {
        var main = proven.MaxBy(c => Placement.Trial(c.Ranges, index).RecordsPlaced)!;
        var free = new FreeRecords(index.Count);
        var placements = new List<Placement> { Placement.Of(main.Ranges, index, free) };
        foreach (var other in candidates.Where(c => c != main))
        {
            if (Candidate.IsPartProvenBy(Placement.Trial(other.Ranges, index))) placements.Add(Placement.Of(other.Ranges, index, free));
        }

        var changes = await new Changes(placements[0], index, KnownAnchorsAsync, MaxExplained).ExplainAsync();
        var known = await CommittedElsewhereAsync(main.Origin, changes, index);
        var parts = placements.SelectMany(static p => p.Places).Select(static p => (p.Value, p.Value + p.Key.Count - 1, RecordFate.Committed))
            .Concat(changes.SelectMany(static c => c.Same).Select(static o => (o, o, RecordFate.Committed)))
            .Concat(changes.SelectMany(c => c.Changed.Select(o => (o, o, known.Contains(o) ? RecordFate.Committed : c.FateOfChanged))));
        var lineage = new Lineage(table, main.Origin, Generation(placements[0]), context, first);
        return new LineagePlan(lineage, limits, PlannedPart.Of(parts))
            .With(placements.Sum(static p => p.Places.Count) + changes.Count(static c => c.Same.Count > 0), changes.Sum(static c => c.Removed));
    }

    /// <summary>The last generation if all its ranges are at their ordinals, so that an interrupted run continues with the same ids; else a new
    /// one, because the ordinals now mean other records.</summary>
    private static long Generation(Placement placement)
    {
        var last = placement.Ranges.Max(static r => r.Generation);
        var isSame = placement.Ranges.Where(r => r.Generation == last).All(r => placement.Places.TryGetValue(r, out var place) && place == r.Ordinal);
        return isSame ? last : last + 1;
    }

    /// <summary>The lineages that the file's records lead to, ordered by the number of these records.</summary>
    private async Task<IReadOnlyList<Candidate>> CandidatesAsync(ReadAhead ahead)
    {
        var records = ahead.First.Hashes.Concat(ahead.Marks).Distinct().ToDictionary(hash => Anchors.OfRecord(table, hash));
        var leading = (await FindAnchorsAsync([.. records.Keys]))
            .ToLookup(static found => found.Content, found => records[found.Origin]);
        var own = ahead.First.OriginOf(table, "");
        var candidates = new List<Candidate>();
        foreach (var origin in leading.OrderByDescending(static l => l.Count()).Select(static l => l.Key).Take(MaxCandidates).Append(own).Distinct())
        {
            var ranges = await FindAsync([new IntentRange(origin, 0, long.MaxValue)]);
            // A row without rows is an anchor, or belongs to a client with another numbering.
            var mine = ranges.Where(static r => r.First == r.Last && r.Rows > 0).Select(LineageRange.Of).OrderBy(static r => r.Id.Sequence).ToList();
            var known = leading[origin].ToHashSet();
            if (mine.Count > 0) candidates.Add(new Candidate(origin, mine, known, origin == own || ahead.First.AreOf(known)));
        }

        return candidates;
    }

    /// <summary>Records in places where others were committed, but that were since inserted with another file.</summary>
    private async Task<IReadOnlySet<long>> CommittedElsewhereAsync(Guid origin, IReadOnlyList<ChangedRange> changes, RecordIndex index)
    {
        var changed = changes.Where(static c => c.IsExact).SelectMany(static c => c.Changed)
            .ToDictionary(static o => o, o => Anchors.OfRecord(table, index.Record(o)));
        if (changed.Count == 0) return new HashSet<long>();
        var found = await FindAnchorsAsync([.. changed.Values.Distinct()]);
        var elsewhere = found.Where(f => f.Content != origin).Select(static f => f.Origin).ToHashSet();
        return changed.Where(c => elsewhere.Contains(c.Value)).Select(static c => c.Key).ToHashSet();
    }

    private async Task<IReadOnlySet<Guid>> KnownAnchorsAsync(IReadOnlyList<Guid> anchors) =>
        (await FindAnchorsAsync(anchors)).Select(static found => found.Origin).ToHashSet();

    private Task<IReadOnlyList<CommittedRange>> FindAnchorsAsync(IReadOnlyList<Guid> anchors) => FindAsync([.. anchors.Select(IntentRange.OfAnchor)]);

    private async Task<IReadOnlyList<CommittedRange>> FindAsync(IReadOnlyList<IntentRange> ranges) =>
        ranges.Count == 0 ? [] : [.. (await client.FindRangesAsync(table, ranges, timeout, cancellationToken)).Distinct()];

    /// <summary>The meaning of the records besides their text: the names in the header row, and the null marker.</summary>
    private async Task<UInt128> ContextAsync()
    {
        if (input.Format != RowFormat.Csv) return 1;
        var text = new StringBuilder($"csv\n{input.Dialect.Delimiter}\n{input.Dialect.Null}");
        foreach (var name in await input.HeaderAsync(cancellationToken)) text.Append('\n').Append(name);
        return RecordHash.Of(Encoding.UTF8.GetBytes(text.ToString())) | 1;
    }
}
