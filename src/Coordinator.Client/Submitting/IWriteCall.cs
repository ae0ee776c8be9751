using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>One write that can be sent again and again under its id. Implemented by structs, so that the first attempt allocates no delegate.</summary>
internal interface IWriteCall
{
    /// <summary>The id that all attempts share.</summary>
    IntentId Id { get; }

    /// <summary>Makes one attempt.</summary>
    Task<WriteReceipt> SendAsync();
}
