using Coordinator.Grains;
using Coordinator.Intents;

namespace Coordinator.Core.Queueing;

/// <summary>A waiting entry of a table's queue, as a value.</summary>
/// <param name="Id">The intent.</param>
/// <param name="Source">The writer.</param>
/// <param name="Since">When it was queued, as a timestamp of the queue's clock.</param>
/// <param name="Mode">How an update needs the table; null for an insert.</param>
public readonly record struct WaitingEntry(IntentId Id, string Source, long Since, ReservationMode? Mode);
