namespace Coordinator.Core.Queueing;

/// <summary>The entries that wait for a table, inserts and updates, in the order in which they came. An entry that was withdrawn keeps its place
/// and is passed over.</summary>
internal sealed class WaitingLine
{
    private Queue<QueueEntry> _entries = new();
    private int _withdrawn;

    public int Count => _entries.Count - _withdrawn;

    /// <summary>The entries that wait, in order.</summary>
    public IEnumerable<QueueEntry> Entries => _entries.Where(static e => !e.IsWithdrawn);

    /// <summary>The first entry that waits, or null.</summary>
    public QueueEntry? Head
    {
        get
        {
            while (_entries.TryPeek(out var head))
            {
                if (!head.IsWithdrawn) return head;
                _entries.Dequeue();
                _withdrawn--;
            }

            return null;
        }
    }

    public void Add(QueueEntry entry) => _entries.Enqueue(entry);

    /// <summary>Takes the entry out that <see cref="Head"/> has just answered.</summary>
    public void RemoveHead() => _entries.Dequeue();

    public void Withdraw(QueueEntry entry)
    {
        entry.IsWithdrawn = true;
        _withdrawn++;
    }

    /// <summary>Empties the line, and keeps no memory for a next entry.</summary>
    public void Clear()
    {
        _entries = new Queue<QueueEntry>();
        _withdrawn = 0;
    }
}
