using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;
using Orleans.Concurrency;

namespace Coordinator.Grains;

/// <summary>
/// The runs of one registered job, keyed by <see cref="JobTick.KeyOf"/>. It remembers the latest and coalesces ticks; that none runs twice is the ledger's doing,
/// so two activations of it do no harm.
/// </summary>
[Alias("coordinator.IJobGrain")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts a run, or joins it, and answers when it is committed, coalesced or rejected. After <see cref="TableGrainCalls.LongPoll"/> it answers
    /// <see cref="WriteStatus.Pending"/>: run the same again to wait on.
    /// </summary>
    [Alias("Run"), AlwaysInterleave, ResponseTimeout("00:00:50")]
    Task<WriteReceipt> RunAsync(UpdateIntent intent);

    /// <summary>The latest runs, newest first: those that the grain remembers, and ticks that the ledgers have.</summary>
    [Alias("Runs"), AlwaysInterleave]
    Task<JobRunsResponse> RunsAsync(JobRunsRequest request);
}
