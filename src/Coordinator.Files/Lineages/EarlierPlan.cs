using System.Security.Cryptography;
using System.Text;
using Coordinator.Client;
using Coordinator.Files.Input;
using Coordinator.Files.Records;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Files.Lineages;

/// <summary>A file whose insertion was started by an earlier version: its ids are kept. Their origin is a hash of the whole file, their sequence
/// is the number of the chunk.</summary>
internal sealed class EarlierPlan : InsertPlan
{
    /// <summary>The version of the rule that splits files. It is part of the origin.</summary>
    private const string RuleVersion = "1";

    private readonly Guid _origin;
    private readonly IReadOnlyList<CommittedRange> _known;

    private EarlierPlan(Guid origin, ChunkLimits limits, IReadOnlyList<CommittedRange> known)
        : base(limits)
    {
        (_origin, _known) = (origin, known);
        IntentsCommitted = known.Sum(static r => r.Last - r.First + 1);
        RecordsCommitted = known.Sum(static r => r.Rows);
    }

    /// <summary>The plan for a file that is partly in the ledger under such ids; null if it is not.</summary>
    public static async Task<EarlierPlan?> FindAsync(
        ICoordinatorClient client, TableName table, InputText input, ChunkLimits limits, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        // Earlier versions read files unchanged.
        if (!input.File.IsVerbatim || input.Dialect != CsvDialect.Default) return null;
        var origin = await OriginAsync(input, table, limits, cancellationToken);
        var known = await client.FindRangesAsync(table, [new IntentRange(origin, 0, long.MaxValue)], timeout, cancellationToken);
        return known.Count == 0 ? null : new EarlierPlan(origin, limits, [.. known.OrderBy(static r => r.First)]);
    }

    /// <summary>The origin of the file's intents: a hash of everything that decides the rows of a chunk.</summary>
    public static async Task<Guid> OriginAsync(InputText input, TableName table, ChunkLimits limits, CancellationToken cancellationToken)
    {
        await using var text = input.File.Rewound();
        var content = Convert.ToHexStringLower(await SHA256.HashDataAsync(text, cancellationToken));
        var identity = $"insert {RuleVersion}\n{content}\n{table}\n{input.Format}\n{limits.Rows}\n{limits.Bytes}\n";
        return IntentId.OriginOf(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
    }

    public override RecordFate FateOf(RecordChunk chunk) =>
        _known.Any(r => r.First <= chunk.Number && chunk.Number <= r.Last) ? RecordFate.Committed : RecordFate.Fresh;

    public override WriteOptions Stamp(RecordChunk chunk, WriteOptions options) =>
        options with { Id = new IntentId(_origin, chunk.Number), ContentHash = Guid.Empty };
}
