using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Client.Submitting;

/// <summary>A client's state for a table: the reference to its grain, its outgoing queue and the sequence of its own ids.</summary>
/// <param name="table">The table.</param>
/// <param name="grain">Its grain.</param>
/// <param name="attemptTimeout">The timeout of a message.</param>
/// <param name="onRefused">See <see cref="InsertLane"/>.</param>
internal sealed class TableRoute(TableName table, ITableGrain grain, AttemptTimeout attemptTimeout, Action onRefused)
{
    public ITableGrain Grain { get; } = grain;

    public InsertLane Lane { get; } = new(grain, attemptTimeout, onRefused);

    public IdSequence Ids { get; } = new(TableOrigin.New(table));
}
