using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>A job's run on its way to the job's grain.</summary>
internal readonly struct JobCall(IJobGrain grain, UpdateIntent intent, Patience patience) : IWriteCall
{
    public IntentId Id => intent.Id;

    public Task<WriteReceipt> SendAsync()
    {
        var token = patience.For(0);
        return Patience.AwaitAsync(grain.RunAsync(intent), token);
    }
}
