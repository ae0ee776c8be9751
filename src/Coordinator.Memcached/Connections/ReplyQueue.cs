using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Connections;

/// <summary>
/// The requests that wait for an answer, in the order in which the answers come. Not thread-safe: its connection's lock guards it.
/// </summary>
/// <remarks>In the steady state nothing is allocated: places in the order and batches are used again.</remarks>
internal sealed class ReplyQueue(MemcachedConnection connection, int maxInFlight)
{
    private const int MaxBatchesKept = 64;

    private readonly Queue<PendingReply> _inFlight = new();
    private readonly Stack<PendingReply> _places = new();
    private readonly Stack<AnsweredBatch> _batches = new();

    public int Count => _inFlight.Count;

    public bool IsFull => _inFlight.Count >= maxInFlight;

    /// <summary>The request that has waited longest; null if none waits.</summary>
    public PendingReply? Oldest => _inFlight.TryPeek(out var oldest) ? oldest : null;

    /// <summary>Takes the next place for a request that is sent now.</summary>
    public PendingReply Enqueue(CommandKind kind, long sentTimestamp, bool isAwaited)
    {
        if (!_places.TryPop(out var pending)) pending = new PendingReply(connection);
        pending.Prepare(kind, sentTimestamp, isAwaited);
        _inFlight.Enqueue(pending);
        return pending;
    }

    /// <summary>Gives replies to the requests that wait, in order. Not null if the order cannot go on, and why.</summary>
    public string? Answer(ReadOnlySpan<MemcachedReply> replies)
    {
        string? trouble = null;
        var batch = NewBatch();
        foreach (ref readonly var reply in replies)
        {
            if (!_inFlight.TryDequeue(out var pending))
            {
                trouble = $"{reply.Kind} answers nothing {reply.Detail}".TrimEnd();
                break;
            }

            var isBelievable = pending.Kind.IsAnsweredBy(reply.Kind);
            var answer = isBelievable || reply.Kind == ReplyKind.Error ? reply : MemcachedReply.Error($"{reply.Kind} does not answer {pending.Kind}");
            batch.Add(pending, answer);
            if (isBelievable) continue;
            trouble = answer.Detail;
            break;
        }

        batch.Start();
        return trouble;
    }

    /// <summary>Gives the same reply to every request that waits.</summary>
    public void AnswerAll(in MemcachedReply reply)
    {
        while (_inFlight.Count > 0)
        {
            var batch = NewBatch();
            while (!batch.IsFull && _inFlight.TryDequeue(out var pending)) batch.Add(pending, reply);
            batch.Start();
        }
    }

    public void Recycle(PendingReply place)
    {
        if (_places.Count < maxInFlight) _places.Push(place);
    }

    public void Recycle(AnsweredBatch batch)
    {
        if (_batches.Count < MaxBatchesKept) _batches.Push(batch);
    }

    private AnsweredBatch NewBatch() => _batches.TryPop(out var batch) ? batch : new AnsweredBatch(connection);
}
