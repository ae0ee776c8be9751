namespace Coordinator.Core.Contention;

/// <summary>The latest items, up to a limit. It uses memory only for the items that it has. Not thread-safe.</summary>
internal sealed class Ring<T>(int capacity)
{
    private readonly List<T> _items = [];
    private int _oldest;

    public int Count => _items.Count;

    /// <summary>Adds an item and drops the oldest if there are too many.</summary>
    public void Add(T item)
    {
        if (_items.Count < capacity)
        {
            // Most tables have one item or none.
            if (_items.Count == 0) _items.Capacity = 1;
            _items.Add(item);
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
            for (var i = 0; i < _items.Count; i++) yield return _items[(_oldest + i) % _items.Count];
        }
    }

    private int LatestIndex => _items.Count < capacity ? _items.Count - 1 : (_oldest + capacity - 1) % capacity;
}
