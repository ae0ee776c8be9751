namespace Coordinator.Memcached;

// What MemcachedLockStore calls until it talks to connections. This file goes with the last of these calls.
public sealed partial class MemcachedClient
{
    private const int DeleteTries = 3;

    /// <summary><c>add</c> and <c>mg</c> in one round trip. Safe when memory is full, and it names the owner.</summary>
    public async ValueTask<AddAndGetReply> AddAndGetAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var connection = await ConnectionOfAsync(key, cancellationToken);
        var add = connection.AddAsync(key, value, ttl, cancellationToken).AsTask();
        var get = connection.GetAsync(key, cancellationToken).AsTask();
        var replies = await Task.WhenAll(add, get);
        return new AddAndGetReply(replies[0], replies[1]);
    }

    /// <summary>Reads a key and gives it a new life, whoever's it is.</summary>
    public async ValueTask<MemcachedReply> TouchAndGetAsync(string key, TimeSpan ttl, CancellationToken cancellationToken) =>
        await (await ConnectionOfAsync(key, cancellationToken)).TouchAsync(key, ttl, cancellationToken);

    /// <summary>Deletes a key if it holds a value: else answers with what was read instead.</summary>
    public async ValueTask<MemcachedReply> DeleteIfAsync(string key, string value, CancellationToken cancellationToken)
    {
        Wire.CheckValue(value);
        var connection = await ConnectionOfAsync(key, cancellationToken);
        var reply = default(MemcachedReply);
        for (var i = 0; i < DeleteTries; i++)
        {
            // Both on one connection: a restarted server gives the same CAS to another's value.
            reply = await connection.GetAsync(key, cancellationToken);
            if (reply.Kind != ReplyKind.Value || reply.Value != value) return reply;
            reply = await connection.DeleteAsync(key, reply.Cas, cancellationToken);
            // The CAS may change without a write, when memcached moves pages: look again.
            if (reply.Kind != ReplyKind.Exists) return reply;
        }

        return reply;
    }
}
