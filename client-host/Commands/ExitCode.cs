namespace Coordinator.ClientHost.Commands;

/// <summary>The exit code of the process.</summary>
internal enum ExitCode
{
    /// <summary>Everything requested is done.</summary>
    Done = 0,

    /// <summary>A write was rejected: the same write would be rejected again. Or a check failed.</summary>
    Rejected = 1,

    /// <summary>The command line, a setting or an input file is wrong.</summary>
    Usage = 2,

    /// <summary>The silo, warehouse or queue cannot accept the write now.</summary>
    Unavailable = 3,

    /// <summary>The timeout has expired and the outcome is unknown. Run the same command again to learn it.</summary>
    OutcomeUnknown = 4,
}
