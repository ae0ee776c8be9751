using Coordinator.Grains;
using Coordinator.Tables;

namespace Coordinator.Core.Reservations;

/// <summary>One table as its holder knows it: who granted it, and until when the grant is valid.</summary>
internal sealed class GrantedReservation(TableName table, ReserveRequest request)
{
    public TableName Table => table;

    /// <summary>The request that checks the reservation and renews it.</summary>
    public ReserveRequest Renewal { get; } = request.ToRenewal();

    /// <summary>The activation that granted the reservation. A late answer of another activation says nothing about this reservation.</summary>
    public required OwnerToken Grantor { get; init; }

    /// <summary>The end of the confirmed time, as a timestamp of the holder's clock, counted from before the request was sent.</summary>
    public required long StandsUntil { get; set; }
}
