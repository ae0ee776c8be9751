using Coordinator.Core.Reservations;
using Coordinator.Memcached;
using Coordinator.Memcached.Protocol;
using Coordinator.Tables;

namespace Coordinator.Locking;

/// <summary>Holders of tables in memcached, one key for each table. A lost memory looks like one without holders: these are refused, and
/// restart.</summary>
internal sealed class MemcachedReservationMemory(IMemcached memcached, string serviceId) : IReservationMemory
{
    // The client's maximum. Hundreds of readers fit.
    private const int MaxText = 16 * 1024;

    public async ValueTask<IReadOnlyList<RememberedReservation>?> ReadAsync(TableName table, CancellationToken cancellationToken)
    {
        var key = LockKey.OfReservations(serviceId, table.ToString());
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var reply = await connection.GetAsync(key, cancellationToken);
        return reply.Kind switch
        {
            ReplyKind.Miss => [],
            ReplyKind.Value => RememberedReservation.TryParse(reply.Value),
            _ => null,
        };
    }

    public async ValueTask<bool> WriteAsync(
        TableName table, IReadOnlyList<RememberedReservation> reservations, TimeSpan life, CancellationToken cancellationToken)
    {
        var key = LockKey.OfReservations(serviceId, table.ToString());
        var text = RememberedReservation.Format(reservations);
        if (text.Length > MaxText) return false;
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var reply = await connection.SetAsync(key, text, life, cancellationToken);
        return reply.Kind == ReplyKind.Stored;
    }
}
