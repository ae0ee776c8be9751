using System.Security.Cryptography;
using System.Text;

namespace Coordinator.Memcached;

/// <summary>Highest random weight: each key has one server, and taking a server away moves its own keys alone.</summary>
internal static class Rendezvous
{
    public static T Pick<T>(IReadOnlyList<T> servers, Func<T, string> name, string key)
    {
        if (servers.Count == 1) return servers[0];
        return servers.MaxBy(server => Weight(name(server), key), StringComparer.Ordinal)!;
    }

    private static string Weight(string server, string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{server}\n{key}")));
}
