namespace Coordinator.Core.Queueing;

/// <summary>How an update's hold on a table ended.</summary>
public enum HoldEnd
{
    /// <summary>The update released it.</summary>
    Released,

    /// <summary>It was not renewed in time, or its silo is gone.</summary>
    Revoked,

    /// <summary>The activation with the queue ended; the next one continues the hold.</summary>
    Moved,
}
