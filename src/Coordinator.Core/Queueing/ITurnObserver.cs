namespace Coordinator.Core.Queueing;

/// <summary>Receives a table's turns as its queue gives and ends them. It is given values, never the queue. Called on the queue's own thread.</summary>
public interface ITurnObserver
{
    /// <summary>An insert turn begins; its entries have just left the queue.</summary>
    void OnStarted(InsertTurn turn, in QueueSnapshot queue);

    /// <summary>An insert turn is over; the next turn has not begun.</summary>
    void OnEnded(InsertTurn turn, in InsertCounts counts, in QueueSnapshot queue);

    /// <summary>An insert waited for longer than it may, and leaves without a turn.</summary>
    void OnExpired();

    /// <summary>An update holds the table; it has just left the queue.</summary>
    void OnStarted(in UpdateTurn turn, in QueueSnapshot queue);

    /// <summary>An update holds the table no longer; the next turn has not begun.</summary>
    void OnEnded(in UpdateTurn turn, HoldEnd end, in QueueSnapshot queue);
}
