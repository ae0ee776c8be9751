using Coordinator.Intents;
using Coordinator.Receipts;
using Orleans.Concurrency;

namespace Coordinator.Grains;

/// <summary>Runs one update, keyed by its intent id: reserves its tables in canonical order, runs the SQL, releases.</summary>
[Alias("coordinator.IUpdateGrain")]
public interface IUpdateGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts the update, or joins it if it is running already, and answers when it is committed or rejected. After
    /// <see cref="TableGrainCalls.LongPoll"/> it answers <see cref="WriteStatus.Pending"/>: run the same again to wait on.
    /// </summary>
    [Alias("Run"), AlwaysInterleave, ResponseTimeout("00:00:50")]
    Task<WriteReceipt> RunAsync(UpdateIntent intent);

    /// <summary>
    /// Lets this run do a later tick's work as well, if it is a run of the same job and its SQL has not begun. Answers the tick's receipt once the run has
    /// one, "pending" until then, and null if the tick has to run by itself.
    /// </summary>
    [Alias("Coalesce"), AlwaysInterleave, ResponseTimeout("00:00:50")]
    Task<WriteReceipt?> CoalesceAsync(UpdateIntent tick);
}
