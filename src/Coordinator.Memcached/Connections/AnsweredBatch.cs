using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Connections;

/// <summary>Requests that were answered by one read. Their callers continue here, one after the other, in one work item of the thread pool: one
/// item each would cost more than the request itself, and on the reader's thread a slow caller would delay all replies. So that a slow caller
/// does not delay the rest of its batch either, each caller that starts wakes another thread, which continues with the remaining ones.</summary>
internal sealed class AnsweredBatch(MemcachedConnection connection) : IThreadPoolWorkItem
{
    public const int Size = 64;

    private readonly (PendingReply? Pending, MemcachedReply Reply)[] _answers = new (PendingReply?, MemcachedReply)[Size];
    private int _count;
    private int _taken;
    private int _workers;

    public bool IsFull => _count == Size;

    public void Add(PendingReply pending, in MemcachedReply reply) => _answers[_count++] = (pending, reply);

    /// <summary>Continues the callers. Nothing may be added after this.</summary>
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
