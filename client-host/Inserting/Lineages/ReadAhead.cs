using Coordinator.ClientHost.Inserting.Input;
using Coordinator.ClientHost.Rows;

namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>
/// What a look at the beginning of a file tells: its first records, and the marks by which intents are found that hold any part of it. An intent is
/// marked by its record with the least hash. So all records of a small file are marks, and of every further window of records those with the least
/// hashes: where a window holds half of an intent or more, the intent's mark is nearly always among them. So they find a lineage again after lines
/// came, went, or were chunked otherwise.
/// </summary>
internal sealed class ReadAhead
{
    private const int MaxWindowRows = 1000;
    private const int MinWindowRows = 50;
    private const int MaxRecords = 200_000;
    private const int MaxMarks = 3000;
    private const long MaxBytes = 256L * 1024 * 1024;

    private const int AllMarkRecords = 1000;
    private const int MarksOfWindow = 4;

    private readonly HashSet<UInt128> _marks = [];

    public FirstRecords First { get; } = new();

    /// <summary>The hashes of the marks.</summary>
    public IReadOnlySet<UInt128> Marks => _marks;

    /// <summary>Looks at a file.</summary>
    /// <exception cref="FormatException">The content is in another format than was said.</exception>
    public static async Task<ReadAhead> OfAsync(InputText input, ChunkLimits limits, CancellationToken cancellationToken)
    {
        var ahead = new ReadAhead();
        var windows = limits with { Rows = Math.Clamp(limits.Rows, MinWindowRows, MaxWindowRows) };
        var (records, bytes) = (0L, 0L);
        await using var text = input.File.Rewound();
        await foreach (var chunk in input.ReadAsync(text, windows, cancellationToken))
        {
            using (chunk)
            {
                if (chunk.Stopped is { IsOtherFormat: true } other) throw new FormatException(other.Reason);
                if (chunk.Rows.Count == 0) break;
                ahead.Add(chunk);
                records += chunk.Rows.Count;
                bytes += chunk.SourceBytes;
                if (records >= MaxRecords || bytes >= MaxBytes || ahead._marks.Count >= MaxMarks) break;
            }
        }

        return ahead;
    }

    private void Add(RecordChunk chunk)
    {
        var ordinal = chunk.First;
        var least = new SortedSet<UInt128>();
        foreach (var record in chunk.Source())
        {
            var hash = RecordHash.Of(record.Text.Span);
            if (ordinal <= AllMarkRecords) _marks.Add(hash);
            First.Add(hash, ordinal++);
            if (least.Count < MarksOfWindow) least.Add(hash);
            else if (hash < least.Max && least.Add(hash)) least.Remove(least.Max);
        }

        _marks.UnionWith(least);
    }
}
