using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Coordinator.RedshiftSimulator.Aws;

/// <summary>The passwords of users, some of them for a time only. An open session does not end with its password.</summary>
public sealed class Passwords(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Password, DateTimeOffset Expires)>> _users = new(StringComparer.Ordinal);

    /// <summary>The passwords with which a user's login is admitted now.</summary>
    public IReadOnlyCollection<string> Of(string user) => _users.TryGetValue(user, out var issued)
        ? [.. issued.Where(one => one.Expires > time.GetUtcNow()).Select(static one => one.Password)]
        : [];

    /// <summary>Issues a further password, until an instant.</summary>
    public string Issue(string user, DateTimeOffset expires)
    {
        var password = RandomNumberGenerator.GetHexString(32);
        var issued = _users.GetOrAdd(user, static _ => new());
        issued.Enqueue((password, expires));
        while (issued.TryPeek(out var oldest) && oldest.Expires < time.GetUtcNow() && issued.Count > 1) issued.TryDequeue(out _);
        return password;
    }

    /// <summary>Sets the only password of a user, as ALTER USER does.</summary>
    public void Set(string user, string password) => _users[user] = new([(password, DateTimeOffset.MaxValue)]);

    /// <summary>Ends all passwords of a user.</summary>
    public void Clear(string user) => _users.TryRemove(user, out _);
}
