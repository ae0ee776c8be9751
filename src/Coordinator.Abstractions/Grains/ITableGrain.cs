using Coordinator.Intents;
using Coordinator.Receipts;
using Orleans.Concurrency;

namespace Coordinator.Grains;

/// <summary>The one writer of one table, keyed by the table's canonical name. It decides whose turn it is.</summary>
[Alias("coordinator.ITableGrain")]
public interface ITableGrain : IGrainWithStringKey
{
    /// <summary>
    /// Queues an intent, or joins it if it is queued already, and answers when it is committed or rejected. After
    /// <see cref="TableGrainCalls.LongPoll"/> it answers <see cref="WriteStatus.Pending"/>: submit the same again to wait on.
    /// </summary>
    [Alias("Submit"), AlwaysInterleave, ResponseTimeout("00:00:50")]
    Task<WriteReceipt> SubmitAsync(InsertIntent intent);

    /// <summary>
    /// Submits several intents in one message. When the turn of the first that had to wait is over it answers for all; those whose turn is yet to
    /// come are <see cref="WriteStatus.Pending"/>, so that nobody waits for another's turn.
    /// </summary>
    [Alias("SubmitMany"), AlwaysInterleave, ResponseTimeout("00:00:50")]
    Task<SubmitManyResponse> SubmitManyAsync(SubmitManyRequest request);

    /// <summary>What is known here of an intent: pending, a recent receipt, or null. Asks no warehouse.</summary>
    [Alias("Find"), AlwaysInterleave]
    Task<WriteReceipt?> FindAsync(IntentId id);

    /// <summary>Asks for a turn that an update holds, or joins the wait for it, or renews it once granted.</summary>
    [Alias("Reserve"), AlwaysInterleave, ResponseTimeout("00:00:50")]
    Task<ReserveResponse> ReserveAsync(ReserveRequest request);

    /// <summary>Gives a turn back, granted or still waiting, if it is still this holder's. Unknown ids are no error.</summary>
    [Alias("Release"), AlwaysInterleave]
    Task ReleaseAsync(IntentId id, string holder);
}
