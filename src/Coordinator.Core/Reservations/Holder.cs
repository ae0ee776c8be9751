namespace Coordinator.Core.Reservations;

/// <summary>Who holds tables.</summary>
/// <param name="Token">Unique per try of an update.</param>
/// <param name="Silo">The silo that it runs on: when that is gone, the hold is.</param>
/// <param name="Source">The name for the contention page.</param>
public sealed record Holder(string Token, string Silo, string Source);
