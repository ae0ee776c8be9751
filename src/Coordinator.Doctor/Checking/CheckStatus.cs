namespace Coordinator.Doctor.Checking;

/// <summary>The outcome of a check.</summary>
public enum CheckStatus
{
    /// <summary>Nothing is wrong.</summary>
    Ok,

    /// <summary>The coordinator works, but worse or less safely than it could.</summary>
    Warning,

    /// <summary>The coordinator does not work, or not for all tables.</summary>
    Failed,

    /// <summary>The check needs another one that failed.</summary>
    Skipped,
}
