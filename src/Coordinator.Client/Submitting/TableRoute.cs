using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Client.Submitting;

/// <summary>A client's state for a table: the reference to its grain, its outgoing queue and the sequence of its own ids.</summary>
internal sealed class TableRoute(TableName table, ITableGrain grain, AttemptTimeout attemptTimeout)
{
    public ITableGrain Grain { get; } = grain;

    public InsertLane Lane { get; } = new(grain, attemptTimeout);

    public IdSequence Ids { get; } = new(TableOrigin.New(table));
}
