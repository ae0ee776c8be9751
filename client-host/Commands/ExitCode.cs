namespace Coordinator.ClientHost.Commands;

/// <summary>What the process answers to its caller.</summary>
internal enum ExitCode
{
    /// <summary>Everything asked for is done.</summary>
    Done = 0,

    /// <summary>Something was rejected; the same would be rejected again.</summary>
    Rejected = 1,

    /// <summary>The command line, a setting or an input file is wrong.</summary>
    Usage = 2,

    /// <summary>Silo, warehouse or queue cannot take it now.</summary>
    Unavailable = 3,

    /// <summary>The time was up and the outcome is not known. Running the same again finds out.</summary>
    OutcomeUnknown = 4,
}
