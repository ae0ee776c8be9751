namespace Coordinator.IntegrationTests.Documentation;

/// <summary>How a block is tested.</summary>
internal enum BlockMode
{
    /// <summary>It runs to its end and succeeds.</summary>
    Run,

    /// <summary>It starts a host, which runs until the page ends.</summary>
    Background,

    /// <summary>Its host checks the settings, and does not start.</summary>
    Check,

    /// <summary>The program's own parser accepts it.</summary>
    Parsed,

    /// <summary>Another test runs it.</summary>
    Elsewhere,

    /// <summary>The shell accepts it, no more.</summary>
    NotRun,
}
