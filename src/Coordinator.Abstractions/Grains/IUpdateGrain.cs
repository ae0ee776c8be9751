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
}
