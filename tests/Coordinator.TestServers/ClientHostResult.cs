namespace Coordinator.TestServers;

/// <summary>What a run of client-host left behind.</summary>
public sealed record ClientHostResult(int ExitCode, string StandardOutput, string StandardError);
