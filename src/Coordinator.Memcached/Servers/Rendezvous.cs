using System.IO.Hashing;
using System.Text;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Memcached.Servers;

/// <summary>Highest random weight: each key has one server, and removing a server moves only its own keys.</summary>
internal static class Rendezvous
{
    /// <summary>A server's part of the weight. It is deterministic, because all processes must agree on it.</summary>
    public static long SeedOf(ServerAddress server) => unchecked((long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(server.ToString())));

    /// <summary>The index of the key's server.</summary>
    public static int Pick(ReadOnlySpan<long> seeds, string key)
    {
        if (seeds.Length == 1) return 0;
        Span<byte> bytes = stackalloc byte[Wire.MaxKeyBytes];
        bytes = bytes[..Encoding.ASCII.GetBytes(key, bytes)];
        var (best, bestWeight, bestSeed) = (-1, 0UL, 0L);
        for (var i = 0; i < seeds.Length; i++)
        {
            var weight = XxHash3.HashToUInt64(bytes, seeds[i]);
            // Equal weights are nearly impossible, but the result must not depend on the order of the servers.
            if (best >= 0 && (weight, seeds[i]).CompareTo((bestWeight, bestSeed)) <= 0) continue;
            (best, bestWeight, bestSeed) = (i, weight, seeds[i]);
        }

        return best;
    }
}
