namespace Coordinator.TestServers;

/// <summary>The result of a client-host command.</summary>
public sealed record ClientHostResult(int ExitCode, string StandardOutput, string StandardError);
