using Coordinator.Core.Reservations;
using Coordinator.Memcached;
using Coordinator.Tables;

namespace Coordinator.Locking;

/// <summary>Holders of tables in memcached, one key a table. A memory that was lost looks like one of nobody: those who held are refused, and start again.</summary>
internal sealed class MemcachedReservationMemory(IMemcached memcached, string serviceId) : IReservationMemory
{
    // What the client sends at most. Hundreds of readers fit.
    private const int MaxText = 16 * 1024;

    public async ValueTask<IReadOnlyList<RememberedHold>?> ReadAsync(TableName table, CancellationToken cancellationToken)
    {
        var key = LockKey.OfReservations(serviceId, table.ToString());
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var reply = await connection.GetAsync(key, cancellationToken);
        return reply.Kind switch
        {
            ReplyKind.Miss => [],
            ReplyKind.Value => RememberedHold.TryParse(reply.Value),
            _ => null,
        };
    }

    public async ValueTask<bool> WriteAsync(TableName table, IReadOnlyList<RememberedHold> holds, TimeSpan life, CancellationToken cancellationToken)
    {
        var key = LockKey.OfReservations(serviceId, table.ToString());
        var text = RememberedHold.Format(holds);
        if (text.Length > MaxText) return false;
        var connection = await memcached.ConnectionOfAsync(key, cancellationToken);
        var reply = await connection.SetAsync(key, text, life, cancellationToken);
        return reply.Kind == ReplyKind.Stored;
    }
}
