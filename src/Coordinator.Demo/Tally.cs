using System.Collections.Concurrent;

namespace Coordinator.Demo;

/// <summary>The counts of one half while it runs.</summary>
internal sealed class Tally
{
    private readonly ConcurrentQueue<Guid> _acknowledged = new();

    public OperationTally Inserts { get; } = new();

    public OperationTally Updates { get; } = new();

    public OperationTally Reads { get; } = new();

    /// <summary>The ids of acknowledged rows.</summary>
    public IReadOnlyCollection<Guid> Acknowledged => _acknowledged;

    /// <summary>How long the workload took, including its last answers.</summary>
    public TimeSpan Elapsed { get; set; }

    public void Acknowledge(IEnumerable<EventRow> rows)
    {
        foreach (var row in rows) _acknowledged.Enqueue(row.Id);
    }
}
