using Coordinator.Files.Input;
using Coordinator.Files.Records;

namespace Coordinator.Files.Lineages;

/// <summary>A first look at a file: its first records, and the marks that find the intents that contain any part of it. The mark of an intent is
/// its record with the smallest hash. So all records of a small file are marks, and in every later window the records with the smallest hashes:
/// if a window contains half of an intent or more, the intent's mark is nearly always among them. This finds a lineage again after lines were
/// added or removed, or chunks changed.</summary>
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

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">The content has another format than expected.</exception>
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
