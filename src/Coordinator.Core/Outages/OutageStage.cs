namespace Coordinator.Core.Outages;

/// <summary>What is reported about an outage.</summary>
public enum OutageStage
{
    /// <summary>It has begun.</summary>
    Began,

    /// <summary>It goes on; reported once a minute.</summary>
    Lasts,

    /// <summary>Writes succeed again.</summary>
    Ended,

    /// <summary>No call has failed for a minute, and none has succeeded either: whether it is over is not known.</summary>
    Quiet,
}
