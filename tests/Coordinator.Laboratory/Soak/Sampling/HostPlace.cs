namespace Coordinator.Laboratory.Soak.Sampling;

/// <summary>A .NET process that serves metrics.</summary>
internal sealed record HostPlace(string Name, int Pid, Uri Url);
