using Coordinator.Grains;

namespace Coordinator.Client.Submitting;

/// <summary>What a client keeps of a table: the reference to its grain, the way to it and the ids of its own intents there.</summary>
internal sealed class TableRoute(ITableGrain grain, Patience patience)
{
    public ITableGrain Grain { get; } = grain;

    public InsertLane Lane { get; } = new(grain, patience);

    public IdSequence Ids { get; } = new();
}
