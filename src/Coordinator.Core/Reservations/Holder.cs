using Coordinator.Grains;

namespace Coordinator.Core.Reservations;

/// <summary>A holder of tables.</summary>
/// <param name="Token">Unique for each try of an update.</param>
/// <param name="Silo">The silo of the update: the reservation ends with it.</param>
/// <param name="Source">The name for the contention page.</param>
public sealed record Holder(HolderId Token, SiloId Silo, string Source);
