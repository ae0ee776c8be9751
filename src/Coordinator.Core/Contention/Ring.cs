namespace Coordinator.Core.Contention;

/// <summary>The latest items, up to a limit. It uses memory only for the items that it has. Not thread-safe.</summary>
internal sealed class Ring<T>(int capacity)
{
    private T[] _items = [];
    private int _oldest;

    public int Count { get; private set; }

    /// <summary>Adds an item and drops the oldest if there are too many.</summary>
    public void Add(T item)
    {
        if (Count < capacity)
        {
            // Most tables have one item or none.
            if (Count == _items.Length) Array.Resize(ref _items, Math.Clamp(2 * Count, 1, capacity));
            _items[Count++] = item;
            return;
        }

        _items[_oldest] = item;
        _oldest = (_oldest + 1) % capacity;
    }

    /// <summary>The last added item; there must be one.</summary>
    public T Latest
    {
        get => _items[LatestIndex];
        set => _items[LatestIndex] = value;
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<T> Items
    {
        get
        {
            for (var i = 0; i < Count; i++) yield return _items[(_oldest + i) % Count];
        }
    }

    private int LatestIndex => Count < capacity ? Count - 1 : (_oldest + capacity - 1) % capacity;
}
