using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coordinator.Top;

/// <summary>One table of a silo's <c>/api/contention</c>. Unknown fields are passed on unchanged.</summary>
internal sealed record TableFigures
{
    public string Table { get; init; } = "";

    public string Silo { get; init; } = "";

    public long QueueDepth { get; init; }

    public double OldestWaitMilliseconds { get; init; }

    public double ContentionMilliseconds { get; init; }

    public HolderFigures? Holder { get; init; }

    public IReadOnlyList<WaiterFigures>? Waiters { get; init; }

    public LockFigures? Lock { get; init; }

    public long Intents { get; init; }

    public long Batches { get; init; }

    public long Rows { get; init; }

    public long Conflicts { get; init; }

    public long Retries { get; init; }

    public long Overlaps { get; init; }

    public long Rejected { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; init; }
}
