namespace Coordinator.Core.Leases;

/// <summary>Where ghetto locks are kept. Every answer says what is known, and never more: an error is neither "free" nor "held".</summary>
/// <remarks>One token asks one thing at a time: its next operation begins when the last one has answered.</remarks>
public interface ILockStore
{
    /// <summary>Tries to take a key for a token that does not hold it. Exceptions are for bad arguments only; trouble is a reply.</summary>
    /// <param name="key">The lock key.</param>
    /// <param name="token">The owner token: letters and digits, unique per activation.</param>
    /// <param name="ttl">The life of the key: whole seconds, at least 1. All owners of a service use the same.</param>
    /// <param name="cancellationToken">Gives the wait up, and with it the token: a key that was taken all the same is released.</param>
    ValueTask<LockReply> AcquireAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>
    /// Puts the key of a current owner back, with a whole life, after the store forgot it, quarantine or not: only one whose lease is not over may ask. <see cref="LockReplyKind.Mine"/>
    /// is proof for everyone. <see cref="LockReplyKind.Quarantined"/> with the token as owner says that the key is there, on a server that lately lost its memory.
    /// </summary>
    ValueTask<LockReply> ReassertAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Lengthens the key's life if the token still owns it.</summary>
    ValueTask<LockReply> RenewAsync(string key, string token, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Deletes the key if the token still owns it.</summary>
    ValueTask<LockReply> ReleaseAsync(string key, string token, CancellationToken cancellationToken);
}
