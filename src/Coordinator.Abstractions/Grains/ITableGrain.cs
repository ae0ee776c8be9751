using Coordinator.Intents;
using Coordinator.Receipts;
using Orleans.Concurrency;

namespace Coordinator.Grains;

/// <summary>The only writer of one table, keyed by the table's canonical name. It decides the order of turns.</summary>
[Alias("coordinator.ITableGrain")]
public interface ITableGrain : IGrainWithStringKey
{
    /// <summary>Queues an intent, or joins it if it is already queued, and returns when it is committed or rejected. After
    /// <see cref="CallTimes.LongPoll"/> it returns <see cref="WriteStatus.Pending"/>: submit the same intent again to continue the
    /// wait.</summary>
    [Alias("Submit"), AlwaysInterleave, ResponseTimeout(CallTimes.ResponseText)]
    Task<WriteReceipt> SubmitAsync(InsertIntent intent);

    /// <summary>Submits several intents in one message. When the turn of the first intent that had to wait is over, it returns outcomes for all;
    /// intents with a later turn are <see cref="WriteStatus.Pending"/>, so that no intent waits for another's turn.</summary>
    [Alias("SubmitMany"), AlwaysInterleave, ResponseTimeout(CallTimes.ResponseText)]
    Task<SubmitManyResponse> SubmitManyAsync(SubmitManyRequest request);

    /// <summary>The local state of an intent: pending, a recent receipt, or null. Does not query the warehouse.</summary>
    [Alias("Find"), AlwaysInterleave]
    Task<WriteReceipt?> FindAsync(IntentId id);

    /// <summary>Requests a turn for an update, joins the wait for it, or renews it once granted.</summary>
    [Alias("Reserve"), AlwaysInterleave, ResponseTimeout(CallTimes.ResponseText)]
    Task<ReserveResponse> ReserveAsync(ReserveRequest request);

    /// <summary>Releases a turn, granted or still waiting, if it still belongs to this holder. Unknown ids are no error.</summary>
    /// <param name="id">The update.</param>
    /// <param name="holder">The text of its <see cref="HolderId"/>.</param>
    [Alias("Release"), AlwaysInterleave]
    Task ReleaseAsync(IntentId id, string holder);
}
