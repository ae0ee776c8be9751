using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>An update on its way to its grain.</summary>
internal readonly struct UpdateCall(IUpdateGrain grain, UpdateIntent intent) : IWriteCall
{
    public IntentId Id => intent.Id;

    public Task<WriteReceipt> SendAsync() => grain.RunAsync(intent);
}
