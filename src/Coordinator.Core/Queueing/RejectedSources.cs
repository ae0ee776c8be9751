namespace Coordinator.Core.Queueing;

/// <summary>The sources with rows that the warehouse rejected within the last minute. Their inserts have turns of their own, so that the transactions
/// of the other sources need no second try.</summary>
/// <remarks>Rows that binding rejects are not meant: they never reach a turn.</remarks>
internal sealed class RejectedSources(TimeProvider clock)
{
    private const int MaxSources = 1000;

    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, long> _until = new(StringComparer.Ordinal);

    /// <summary>A row of the source was rejected.</summary>
    public void Add(string source)
    {
        if (_until.Count >= MaxSources) RemoveOld();
        if (_until.Count >= MaxSources && !_until.ContainsKey(source)) return;
        _until[source] = clock.After(clock.GetTimestamp(), RememberedFor);
    }

    /// <summary>Whether a row of the source was rejected in the minute before a timestamp.</summary>
    public bool Contains(string source, long now) => _until.TryGetValue(source, out var until) && now < until;

    private void RemoveOld()
    {
        var now = clock.GetTimestamp();
        foreach (var source in _until.Where(s => s.Value <= now).Select(static s => s.Key).ToList()) _until.Remove(source);
    }
}
