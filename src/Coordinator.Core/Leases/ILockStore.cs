namespace Coordinator.Core.Leases;

/// <summary>The store of ghetto locks. Every reply contains only what is known: an error is neither "free" nor "held".</summary>
/// <remarks>A token has one operation at a time: its next operation begins after the last reply.</remarks>
public interface ILockStore
{
    /// <summary>Tries to acquire a key for a token that does not hold it. Exceptions are for invalid arguments only; failures are
    /// replies.</summary>
    /// <param name="key">The lock key.</param>
    /// <param name="token">The owner token: letters and digits, unique for each activation.</param>
    /// <param name="ttl">The TTL of the key: whole seconds, at least 1. All owners of a service use the same.</param>
    /// <param name="cancellationToken">Cancels the wait. The token must not be used again: a key that was acquired in spite of it is
    /// released.</param>
    ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Restores the key of a current owner with a full TTL after the store lost it, with or without quarantine. Only an owner whose
    /// lease is not over may call it. <see cref="LockReplyKind.Mine"/> is proof for everyone. <see cref="LockReplyKind.Quarantined"/> with the
    /// token as owner means that the key exists on a server that recently lost its memory.</summary>
    ValueTask<LockReply> ReassertAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Renews the key's TTL if the token still owns it.</summary>
    ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Deletes the key if the token still owns it.</summary>
    ValueTask<LockReply> ReleaseAsync(string key, string token, CancellationToken cancellationToken);
}
