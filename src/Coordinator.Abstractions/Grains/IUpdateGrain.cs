using Coordinator.Intents;
using Coordinator.Receipts;
using Orleans.Concurrency;

namespace Coordinator.Grains;

/// <summary>Runs one update, keyed by its intent id: reserves its tables in canonical order, runs the SQL, releases.</summary>
[Alias("coordinator.IUpdateGrain")]
public interface IUpdateGrain : IGrainWithStringKey
{
    /// <summary>Starts the update, or joins it if it is already running, and returns when it is committed or rejected. After
    /// <see cref="CallTimes.LongPoll"/> it returns <see cref="WriteStatus.Pending"/>: call again with the same update to continue the
    /// wait.</summary>
    [Alias("Run"), AlwaysInterleave, ResponseTimeout(CallTimes.ResponseText)]
    Task<WriteReceipt> RunAsync(UpdateIntent intent);

    /// <summary>Adds a later tick to this run, if it is a run of the same job and its SQL has not started. Returns the tick's receipt once the
    /// run has one, "pending" until then, and null if the tick must run by itself.</summary>
    [Alias("Coalesce"), AlwaysInterleave, ResponseTimeout(CallTimes.ResponseText)]
    Task<WriteReceipt?> CoalesceAsync(UpdateIntent tick);
}
