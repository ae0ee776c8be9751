namespace Coordinator.Core.Leases;

/// <summary>Where ghetto locks are kept. Every answer says what is known, and never more: an error is neither "free" nor "held".</summary>
public interface ILockStore
{
    /// <summary>Tries to take a key for a token. Exceptions are for bad arguments only; trouble is a reply.</summary>
    /// <param name="key">The lock key.</param>
    /// <param name="token">The owner token: letters and digits, unique per activation.</param>
    /// <param name="ttl">The life of the key: whole seconds, at least 1.</param>
    /// <param name="cancellationToken">Gives the wait up. A key that was taken all the same is released.</param>
    ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Lengthens the key's life if the token still owns it.</summary>
    ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Deletes the key if the token still owns it.</summary>
    ValueTask<LockReply> ReleaseAsync(string key, string token, CancellationToken cancellationToken);
}
