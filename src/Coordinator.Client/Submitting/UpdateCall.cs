using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>An update on its way to its grain.</summary>
internal readonly struct UpdateCall(IUpdateGrain grain, UpdateIntent intent, Patience patience) : IWriteCall
{
    public IntentId Id => intent.Id;

    public Task<WriteReceipt> SendAsync()
    {
        var token = patience.For(0);
        return Patience.AwaitAsync(grain.RunAsync(intent), token);
    }
}
