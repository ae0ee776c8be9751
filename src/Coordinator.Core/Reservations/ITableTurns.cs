using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Reservations;

/// <summary>The tables as an update asks them for turns, wherever their grains live. A table that does not answer is a <see cref="CoordinatorException"/>: nothing is known then.</summary>
public interface ITableTurns
{
    /// <summary>Asks for a turn, joins the wait for it, or renews it.</summary>
    Task<ReserveResponse> ReserveAsync(TableName table, ReserveRequest request);

    /// <summary>Gives a turn back, granted or still waiting.</summary>
    Task ReleaseAsync(TableName table, IntentId id, string holder);
}
