using Coordinator.Grains;
using Coordinator.Intents;

namespace Coordinator.Core.Queueing;

/// <summary>An update's turn at a table.</summary>
/// <param name="Id">The update.</param>
/// <param name="Mode">Exclusive or shared.</param>
/// <param name="Source">The writer.</param>
/// <param name="EnqueuedAt">When it was queued, as a timestamp of the queue's clock.</param>
/// <param name="StartedAt">When it got the table.</param>
public readonly record struct UpdateTurn(IntentId Id, ReservationMode Mode, string Source, long EnqueuedAt, long StartedAt);
