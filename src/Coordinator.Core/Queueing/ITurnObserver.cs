namespace Coordinator.Core.Queueing;

/// <summary>Receives the start and end of a table's turns. It gets values, never the queue. Called on the queue's thread.</summary>
public interface ITurnObserver
{
    /// <summary>An insert turn begins; its entries have left the queue.</summary>
    void OnStarted(InsertTurn turn, in QueueSnapshot queue);

    /// <summary>An insert turn is over; the next turn has not begun.</summary>
    void OnEnded(InsertTurn turn, in InsertCounts counts, in QueueSnapshot queue);

    /// <summary>An insert exceeded its maximum wait, and leaves without a turn.</summary>
    void OnExpired();

    /// <summary>An update got the table; it has left the queue.</summary>
    void OnStarted(in UpdateTurn turn, in QueueSnapshot queue);

    /// <summary>An update no longer holds the table; the next turn has not begun.</summary>
    void OnEnded(in UpdateTurn turn, ReservationEnd end, in QueueSnapshot queue);
}
