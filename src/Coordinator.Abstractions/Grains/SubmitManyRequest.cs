using Coordinator.Intents;

namespace Coordinator.Grains;

/// <summary>Intents for one table that were submitted at about the same time, in one message instead of many. Each has its own
/// outcome.</summary>
/// <param name="Intents">In the order in which they were submitted; at least one.</param>
[GenerateSerializer, Immutable, Alias("coordinator.SubmitManyRequest")]
public sealed record SubmitManyRequest([property: Id(0)] InsertIntent[] Intents) : ITraced
{
    /// <summary>The trace parent of the first intent that has one.</summary>
    public string TraceParent => Array.Find(Intents, static intent => intent.TraceParent.Length > 0)?.TraceParent ?? "";
}
