namespace Coordinator.Laboratory.Cycle;

/// <summary>A silo's absence.</summary>
internal sealed record Strike(string Silo, bool IsKill, DateTimeOffset From, DateTimeOffset To);
