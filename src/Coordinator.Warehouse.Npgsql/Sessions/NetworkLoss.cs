namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>How often the pools of one warehouse have met a connection that had ended without a word. What one pool meets holds for the idle
/// connections of the others, which otherwise find it out one after another, in the middle of a transaction.</summary>
internal sealed class NetworkLoss
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}
