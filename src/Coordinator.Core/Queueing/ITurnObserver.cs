namespace Coordinator.Core.Queueing;

/// <summary>Told of a table's turns as its queue gives and ends them, for those who keep account. Called on the queue's own thread.</summary>
public interface ITurnObserver
{
    /// <summary>An insert turn begins; its entries have just left the queue.</summary>
    void OnStarted(WriteQueue queue, InsertTurn turn);

    /// <summary>An insert turn is over; nobody has followed yet.</summary>
    void OnEnded(WriteQueue queue, InsertTurn turn, in InsertCounts counts);

    /// <summary>An insert waited for longer than it may, and leaves without a turn.</summary>
    void OnExpired();

    /// <summary>An update holds the table; it has just left the queue.</summary>
    void OnStarted(WriteQueue queue, ReservationEntry update);

    /// <summary>An update holds the table no longer; nobody has followed yet.</summary>
    void OnEnded(WriteQueue queue, ReservationEntry update, HoldEnd end);
}
