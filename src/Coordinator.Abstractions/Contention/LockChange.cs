namespace Coordinator.Contention;

/// <summary>How an activation's ghetto lock changed.</summary>
/// <param name="At">When the change was noticed, within a second.</param>
/// <param name="Silo">The activation's silo.</param>
/// <param name="State">As in <see cref="LockView"/>.</param>
/// <param name="Owner">As in <see cref="LockView"/>.</param>
// Id 2 is retired: it was the state as text.
[GenerateSerializer, Immutable, Alias("coordinator.LockChange")]
public sealed record LockChange(
    [property: Id(0)] DateTimeOffset At, [property: Id(1)] string Silo, [property: Id(4)] LeaseState State, [property: Id(3)] string Owner);
