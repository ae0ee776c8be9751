namespace Coordinator.Core.Contention.Labels;

/// <summary>A table's live activations on one silo, in figures.</summary>
/// <param name="Activations">How many.</param>
/// <param name="QueueDepth">Those who wait.</param>
/// <param name="QueueBytes">The rows that wait, in memory.</param>
/// <param name="OldestWaitMilliseconds">How long the oldest has waited.</param>
/// <param name="LockStates">How each one's lock stands, as in <see cref="Coordinator.Contention.LockView.State"/>.</param>
public readonly record struct TableGauges(int Activations, int QueueDepth, long QueueBytes, double OldestWaitMilliseconds, IReadOnlyList<string> LockStates);
