using System.Collections.Concurrent;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos.Load;

/// <summary>Every call of every caller.</summary>
/// <param name="clock">The time of calls.</param>
/// <param name="keep">Takes the calls that are over; null to keep them here.</param>
internal sealed class CallLog(TimeProvider clock, Action<SentCall>? keep = null)
{
    private readonly ConcurrentQueue<SentCall> _calls = [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _latest = new();
    private long _lastKey;

    /// <summary>All calls that are over and kept here.</summary>
    public IReadOnlyList<SentCall> Calls => [.. _calls];

    /// <summary>A number that no other row has.</summary>
    public long NextKey() => Interlocked.Increment(ref _lastKey);

    /// <summary>Rows that no other intent has, with consecutive keys.</summary>
    public IReadOnlyList<ChaosRow> Rows(int count)
    {
        var first = Interlocked.Add(ref _lastKey, count) - count + 1;
        return [.. Enumerable.Range(0, count).Select(i => ChaosRow.Of(first + i))];
    }

    /// <summary>Submits an intent and records the call.</summary>
    public Task<CallAnswer> SendAsync(IDoor door, ChaosIntent intent, CancellationToken ct = default) =>
        RecordAsync(intent, [.. intent.Rows.Select(static r => r.Sent)], () => door.SendAsync(intent, ct));

    /// <summary>Records a call.</summary>
    public async Task<CallAnswer> RecordAsync(
        ChaosIntent intent, IReadOnlyList<SentRow> rows, Func<Task<(CallAnswer Answer, string Text)>> call)
    {
        var begun = clock.GetUtcNow();
        var (answer, text) = await call();
        var ended = clock.GetUtcNow();
        (keep ?? _calls.Enqueue)(new SentCall(intent.Id, intent.Table, intent.Source, rows, begun, ended, answer, text));
        if (answer == CallAnswer.Committed) _latest[intent.Table] = ended;
        return answer;
    }

    /// <summary>True if every table has a receipt that arrived after a time.</summary>
    public bool HaveMoved(IEnumerable<string> tables, DateTimeOffset since) => tables.All(t => _latest.TryGetValue(t, out var at) && at > since);
}
