namespace Coordinator.Core.Contention;

/// <summary>A turn that runs. Timestamps are the queue's clock's.</summary>
internal sealed class Tenure(string kind, string source, string id, long queuedAt, long startedAt)
{
    private const int MaxSources = 16;

    private readonly List<string> _sources = [source];
    private bool _isFirst = true;

    public string Kind => kind;

    /// <summary>The first source.</summary>
    public string Source => source;

    /// <summary>The update; empty for inserts.</summary>
    public string Id => id;

    public bool IsUpdate => id.Length > 0;

    public long QueuedAt => queuedAt;

    public long StartedAt => startedAt;

    /// <summary>How long somebody has waited while it ran, in milliseconds.</summary>
    public double Blocked { get; set; }

    /// <summary>All sources that have a part in it, up to a limit.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>Another source's intent is in it. True the first time that it is noted.</summary>
    public bool Join(string other)
    {
        if (_isFirst) return !(_isFirst = false);
        if (_sources.Count >= MaxSources || _sources.Contains(other)) return false;
        _sources.Add(other);
        return true;
    }
}
