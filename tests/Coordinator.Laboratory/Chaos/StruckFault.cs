using Coordinator.Laboratory.Chaos.Faults;

namespace Coordinator.Laboratory.Chaos;

/// <summary>A fault that struck, and when.</summary>
internal sealed record StruckFault(IChaosFault Fault, DateTimeOffset Began, DateTimeOffset Ended);
