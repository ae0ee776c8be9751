namespace Coordinator.Memcached;

/// <summary>
/// Requests that were answered by one read. What their callers do next runs here, one after the other, in one item of the thread pool: an item each
/// costs more than the request itself, and on the reader's thread a caller that dawdles would hold up everybody's replies. Here it holds up the rest
/// of its batch at most.
/// </summary>
internal sealed class AnsweredBatch(MemcachedConnection connection) : IThreadPoolWorkItem
{
    public const int Size = 64;

    private readonly (PendingReply? Pending, MemcachedReply Reply)[] _answers = new (PendingReply?, MemcachedReply)[Size];
    private int _count;

    public bool IsFull => _count == Size;

    public void Add(PendingReply pending, in MemcachedReply reply) => _answers[_count++] = (pending, reply);

    void IThreadPoolWorkItem.Execute()
    {
        for (var i = 0; i < _count; i++) _answers[i].Pending!.Complete(_answers[i].Reply);
        Array.Clear(_answers, 0, _count);
        _count = 0;
        connection.Recycle(this);
    }
}
