using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;
using Orleans.Concurrency;

namespace Coordinator.Grains;

/// <summary>The runs of one registered job, keyed by <see cref="JobTick.KeyOf"/>. It remembers the latest runs and coalesces ticks. The ledger
/// ensures that no tick runs twice, so two activations are harmless.</summary>
[Alias("coordinator.IJobGrain")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>Starts a run or joins it, and returns when it is committed, coalesced or rejected. After <see cref="CallTimes.LongPoll"/>
    /// it returns <see cref="WriteStatus.Pending"/>: call again with the same run to continue the wait.</summary>
    [Alias("Run"), AlwaysInterleave, ResponseTimeout(CallTimes.ResponseText)]
    Task<WriteReceipt> RunAsync(UpdateIntent intent);

    /// <summary>The latest runs, newest first: those that the grain remembers, and ticks in the ledgers.</summary>
    [Alias("Runs"), AlwaysInterleave]
    Task<JobRunsResponse> RunsAsync(JobRunsRequest request);
}
