using Coordinator.Contention;
using Coordinator.Tables;

namespace Coordinator.Dashboard.Live;

/// <summary>Reads the figures once for all open pages: equal reads within a second share one result.</summary>
public sealed class SharedReader(IContentionReader reader, TimeProvider clock)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(900);

    private readonly Dictionary<object, Asked> _asked = [];

    /// <summary>The most contended tables.</summary>
    public Task<ContentionOverview> ReadAsync(int limit) => Share(limit, () => reader.ReadAsync(limit));

    /// <summary>All details of one table; null if no silo knows it.</summary>
    public Task<TableDetail?> ReadAsync(TableName table) => Share(table, () => reader.ReadAsync(table));

    private Task<T> Share<T>(object question, Func<Task<T>> read)
    {
        lock (_asked)
        {
            foreach (var old in _asked.Where(a => IsOld(a.Value)).Select(static a => a.Key).ToList()) _asked.Remove(old);
            if (_asked.TryGetValue(question, out var asked)) return (Task<T>)asked.Answer;
            var answer = read();
            _asked.Add(question, new Asked(answer, clock.GetTimestamp()));
            return answer;
        }
    }

    private bool IsOld(Asked asked) =>
        asked.Answer.IsCompleted && (!asked.Answer.IsCompletedSuccessfully || clock.GetElapsedTime(asked.At) >= MaxAge);

    private sealed record Asked(Task Answer, long At);
}
