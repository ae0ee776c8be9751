namespace Coordinator.Core.Queueing;

/// <summary>A table for which time alone changes something.</summary>
public interface ITicked
{
    /// <summary>Starts the table's tick, where the table's own code runs. Called on a thread of the clock, so it returns at once.</summary>
    void StartTick();
}
