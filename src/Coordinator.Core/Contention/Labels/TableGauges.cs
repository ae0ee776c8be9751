using Coordinator.Contention;

namespace Coordinator.Core.Contention.Labels;

/// <summary>The present state of a table's activations on one silo.</summary>
/// <param name="Activations">The number of activations.</param>
/// <param name="QueueDepth">The number of waiting entries.</param>
/// <param name="QueueBytes">The waiting rows, in memory.</param>
/// <param name="OldestWaitMilliseconds">How long the oldest has waited.</param>
/// <param name="LockStates">The state of each activation's lock, as in <see cref="Coordinator.Contention.LockView.State"/>.</param>
public readonly record struct TableGauges(
    int Activations, int QueueDepth, long QueueBytes, double OldestWaitMilliseconds, IReadOnlyList<LeaseState> LockStates);
