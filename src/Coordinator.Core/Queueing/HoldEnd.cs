namespace Coordinator.Core.Queueing;

/// <summary>How an update's hold on a table ended.</summary>
public enum HoldEnd
{
    /// <summary>The update gave it back.</summary>
    Released,

    /// <summary>It was not heard of in time, or its silo is gone.</summary>
    Revoked,

    /// <summary>The activation that kept the queue went; the next one keeps the hold.</summary>
    Moved,
}
