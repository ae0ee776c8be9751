namespace Coordinator.Memcached.Connections;

/// <summary>
/// Requests that were answered by one read. What their callers do next runs here, one after the other, in an item of the thread pool: an item each
/// costs more than the request itself, and on the reader's thread a caller that dawdles would hold up everybody's replies. So that it does not hold up
/// the rest of its batch either, whoever begins calls another thread, which goes on with what it finds undone.
/// </summary>
internal sealed class AnsweredBatch(MemcachedConnection connection) : IThreadPoolWorkItem
{
    public const int Size = 64;

    private readonly (PendingReply? Pending, MemcachedReply Reply)[] _answers = new (PendingReply?, MemcachedReply)[Size];
    private int _count;
    private int _taken;
    private int _workers;

    public bool IsFull => _count == Size;

    public void Add(PendingReply pending, in MemcachedReply reply) => _answers[_count++] = (pending, reply);

    /// <summary>Lets the callers go on. Nothing may be added any more.</summary>
    public void Start()
    {
        Interlocked.Increment(ref _workers);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        var i = Interlocked.Increment(ref _taken) - 1;
        if (i + 1 < _count) Start();
        for (; i < _count; i = Interlocked.Increment(ref _taken) - 1) _answers[i].Pending!.Complete(_answers[i].Reply);
        if (Interlocked.Decrement(ref _workers) > 0) return;
        Array.Clear(_answers, 0, _count);
        (_count, _taken) = (0, 0);
        connection.Recycle(this);
    }
}
