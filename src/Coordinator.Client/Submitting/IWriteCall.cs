using System.Diagnostics;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Client.Submitting;

/// <summary>One write that can be sent repeatedly with its id. Implemented by structs, so that the first attempt allocates no
/// delegate.</summary>
internal interface IWriteCall<TSelf>
    where TSelf : struct, IWriteCall<TSelf>
{
    /// <summary>The id that all attempts share.</summary>
    IntentId Id { get; }

    /// <summary>The metrics' tag for its kind.</summary>
    KeyValuePair<string, object?> Kind { get; }

    /// <summary>Makes one attempt.</summary>
    /// <param name="left">How long the caller still waits.</param>
    Task<WriteReceipt> SendAsync(TimeSpan left);

    /// <summary>Starts the span that all attempts share; null if it is not recorded.</summary>
    Activity? StartSpan();

    /// <summary>The same write with the span as its trace parent.</summary>
    TSelf WithTrace(string traceParent);
}
