namespace Coordinator.TestServers;

/// <summary>The latest lines of a process, and callers that wait for a line.</summary>
internal sealed class OutputBuffer(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<(bool Error, string Text)> _lines = new();
    private readonly List<(Func<string, bool> Match, TaskCompletionSource<string> Found)> _waiters = [];

    public void Add(bool error, string text)
    {
        lock (_gate)
        {
            _lines.Enqueue((error, text));
            if (_lines.Count > capacity) _lines.Dequeue();
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (!_waiters[i].Match(text)) continue;
                _waiters[i].Found.TrySetResult(text);
                _waiters.RemoveAt(i);
            }
        }
    }

    /// <summary>The first line that matches, already written or in the future.</summary>
    public Task<string> FindAsync(Func<string, bool> match)
    {
        lock (_gate)
        {
            foreach (var (_, text) in _lines)
                if (match(text)) return Task.FromResult(text);
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((match, found));
            return found.Task;
        }
    }

    public string Text(bool? error = null)
    {
        lock (_gate)
            return string.Join('\n', _lines.Where(line => error is null || line.Error == error).Select(line => line.Text));
    }
}
