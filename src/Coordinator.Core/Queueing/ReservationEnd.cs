namespace Coordinator.Core.Queueing;

/// <summary>How an update's reservation of a table ended.</summary>
public enum ReservationEnd
{
    /// <summary>The update released it.</summary>
    Released,

    /// <summary>It was not renewed in time, or its silo is gone.</summary>
    Revoked,

    /// <summary>The activation with the queue ended; the next one continues the reservation.</summary>
    Moved,
}
