namespace Coordinator.Core.Queueing;

/// <summary>A table's queue at one moment.</summary>
/// <param name="Depth">The number of waiting entries, including updates.</param>
/// <param name="Bytes">The waiting rows, in memory.</param>
/// <param name="Oldest">The entry that has waited longest; null if none waits.</param>
public readonly record struct QueueSnapshot(int Depth, long Bytes, WaitingEntry? Oldest);
