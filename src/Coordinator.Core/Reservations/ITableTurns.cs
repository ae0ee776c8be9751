using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Reservations;

/// <summary>The grains of the tables from an update's point of view. A table without an answer throws a <see cref="CoordinatorException"/>: its
/// state is unknown then.</summary>
public interface ITableTurns
{
    /// <summary>Requests a turn, joins the wait for it, or renews it.</summary>
    Task<ReserveResponse> ReserveAsync(TableName table, ReserveRequest request);

    /// <summary>Releases a turn, granted or still waiting.</summary>
    Task ReleaseAsync(TableName table, IntentId id, HolderId holder);
}
