namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>A row to insert.</summary>
internal readonly record struct CycleRow(long Id, long Value);
