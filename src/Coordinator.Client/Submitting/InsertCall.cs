using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>An insert on its way to its table's grain.</summary>
internal readonly struct InsertCall(InsertLane lane, InsertIntent intent) : IWriteCall
{
    public IntentId Id => intent.Id;

    public Task<WriteReceipt> SendAsync() => lane.SendAsync(intent);
}
