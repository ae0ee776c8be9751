using System.Diagnostics;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>One write that can be sent again and again under its id. Implemented by structs, so that the first attempt allocates no delegate.</summary>
internal interface IWriteCall<TSelf>
    where TSelf : struct, IWriteCall<TSelf>
{
    /// <summary>The id that all attempts share.</summary>
    IntentId Id { get; }

    /// <summary>The metrics' tag for what it is.</summary>
    KeyValuePair<string, object?> Kind { get; }

    /// <summary>Makes one attempt.</summary>
    Task<WriteReceipt> SendAsync();

    /// <summary>Begins the span that all attempts share; null if nobody records it.</summary>
    Activity? StartSpan();

    /// <summary>The same write, which tells its grain the span that it belongs to.</summary>
    TSelf WithTrace(string traceParent);
}
