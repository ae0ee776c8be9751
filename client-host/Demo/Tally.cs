using System.Collections.Concurrent;

namespace Coordinator.ClientHost.Demo;

/// <summary>What one half did, counted while it runs.</summary>
internal sealed class Tally
{
    private readonly ConcurrentQueue<Guid> _acknowledged = new();

    public OperationTally Inserts { get; } = new();

    public OperationTally Updates { get; } = new();

    public OperationTally Reads { get; } = new();

    /// <summary>The ids of rows that somebody was told are committed.</summary>
    public IReadOnlyCollection<Guid> Acknowledged => _acknowledged;

    /// <summary>How long the workload took, its last answers included.</summary>
    public TimeSpan Elapsed { get; set; }

    public void Acknowledge(IEnumerable<EventRow> rows)
    {
        foreach (var row in rows) _acknowledged.Enqueue(row.Id);
    }
}
