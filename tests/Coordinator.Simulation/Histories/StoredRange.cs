namespace Coordinator.Simulation.Histories;

/// <summary>A row of a ledger: intents that one transaction committed.</summary>
internal sealed record StoredRange(
    Guid Origin, long First, long Last, Guid Batch, string Activation, DateTimeOffset Started, DateTimeOffset Ended);
