using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>The outgoing queue of one table. A single intent is sent immediately. While others are under way, all intents that callers submit
/// before the thread pool runs the sender are sent in one message, because a message costs much more than an intent in it.</summary>
/// <param name="grain">The table's grain.</param>
/// <param name="attemptTimeout">The timeout of a message.</param>
/// <param name="onRefused">An intent was rejected and none was committed yet: the name may be no table.</param>
internal sealed class InsertLane(ITableGrain grain, AttemptTimeout attemptTimeout, Action? onRefused = null) : IThreadPoolWorkItem
{
    private const int MaxIntents = 512;
    private const int MaxBytes = 1024 * 1024;

    private readonly Lock _gate = new();
    private List<Waiting> _gathered = [];
    private bool _isScheduled;
    private int _calls;
    private bool _hasCommitted;

    /// <summary>Sends an intent. The result is the grain's answer, or the failure of the message.</summary>
    /// <param name="intent">The intent.</param>
    /// <param name="left">How long its caller still waits.</param>
    public Task<WriteReceipt> SendAsync(InsertIntent intent, TimeSpan left)
    {
        Waiting? waiting = null;
        lock (_gate)
        {
            if (_calls == 0 && !_isScheduled) _calls++;
            else
            {
                waiting = new Waiting(intent, left);
                _gathered.Add(waiting);
                if (_isScheduled) return waiting.Task;
                _isScheduled = true;
            }
        }

        if (waiting is null) return AloneAsync(intent, left);

        // Into the global queue, so that callers in the local queues that are about to submit run first.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return waiting.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        List<Waiting> gathered;
        lock (_gate)
        {
            (gathered, _gathered) = (_gathered, new List<Waiting>(_gathered.Count));
            _isScheduled = false;
        }

        for (var at = 0; at < gathered.Count;)
        {
            var start = at;
            long bytes = 0;
            do bytes += gathered[at++].Intent.Rows.SizeBytes;
            while (at < gathered.Count && at - start < MaxIntents && bytes + gathered[at].Intent.Rows.SizeBytes <= MaxBytes);
            lock (_gate) _calls++;
            _ = CallAsync(gathered.GetRange(start, at - start), bytes);
        }
    }

    private async Task<WriteReceipt> AloneAsync(InsertIntent intent, TimeSpan left)
    {
        try
        {
            if (left < CallTimes.Attempt) CallerTime.Announce(left);
            return Seen(await SubmitAsync(intent).ConfigureAwait(false));
        }
        finally
        {
            lock (_gate) _calls--;
        }
    }

    private Task<WriteReceipt> SubmitAsync(InsertIntent intent)
    {
        var token = attemptTimeout.For(intent.Rows.SizeBytes);
        return AttemptTimeout.AwaitAsync(grain.SubmitAsync(intent), token);
    }

    private async Task CallAsync(List<Waiting> group, long bytes)
    {
        try
        {
            var left = group.Min(static w => w.Left);
            if (left < CallTimes.Attempt) CallerTime.Announce(left);
            if (group.Count == 1)
            {
                group[0].SetResult(Seen(await SubmitAsync(group[0].Intent).ConfigureAwait(false)));
                return;
            }

            var token = attemptTimeout.For(bytes);
            var response = await AttemptTimeout.AwaitAsync(
                grain.SubmitManyAsync(new SubmitManyRequest([.. group.Select(static w => w.Intent)])), token).ConfigureAwait(false);
            for (var i = 0; i < group.Count; i++)
            {
                var (receipt, failure) = response.Outcomes[i];
                if (receipt is not null) group[i].SetResult(Seen(receipt));
                else group[i].SetException(failure!);
            }
        }
        catch (Exception failure)
        {
            // A failure of the message applies to every intent in it. Each caller handles it separately.
            foreach (var waiting in group) waiting.TrySetException(failure);
        }
        finally
        {
            lock (_gate) _calls--;
        }
    }

    private WriteReceipt Seen(WriteReceipt receipt)
    {
        if (_hasCommitted) return receipt;
        if (receipt.IsCommitted) _hasCommitted = true;
        else if (receipt.Status == WriteStatus.Rejected) onRefused?.Invoke();
        return receipt;
    }

    /// <summary>An intent and its caller.</summary>
    private sealed class Waiting(InsertIntent intent, TimeSpan left)
        : TaskCompletionSource<WriteReceipt>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public InsertIntent Intent { get; } = intent;

        public TimeSpan Left { get; } = left;
    }
}
