using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos.Load;

/// <summary>A way into the coordinator.</summary>
internal interface IDoor
{
    string Name { get; }

    /// <summary>Submits an intent once. Failures are answers.</summary>
    Task<(CallAnswer Answer, string Text)> SendAsync(ChaosIntent intent, CancellationToken ct);
}
