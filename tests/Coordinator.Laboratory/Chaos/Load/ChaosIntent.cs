using Coordinator.Intents;

namespace Coordinator.Laboratory.Chaos.Load;

/// <summary>Rows for one table, and the id under which they are sent.</summary>
internal sealed record ChaosIntent(IntentId Id, string Table, string Source, IReadOnlyList<ChaosRow> Rows);
