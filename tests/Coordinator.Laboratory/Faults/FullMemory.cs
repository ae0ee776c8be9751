using Coordinator.TestServers;

namespace Coordinator.Laboratory.Faults;

/// <summary>Uses up memcached's memory.</summary>
internal static class FullMemory
{
    private const int Batch = 20_000;

    // As large as a lock, so that the slab class of the locks runs out of memory.
    private static readonly string Value = new('x', 40);

    public static async Task FillAsync(MemcachedServer memcached)
    {
        for (var i = 0; ; i += Batch)
        {
            var commands = string.Join("\r\n", Enumerable.Range(i, Batch)
                .Select(n => FormattableString.Invariant($"set coordinator/laboratory/fill/{n:00000000} 0 0 {Value.Length}\r\n{Value}")));
            if ((await memcached.CommandAsync(commands)).Contains("SERVER_ERROR out of memory", StringComparison.Ordinal)) return;
        }
    }

    /// <summary>Makes room again and forgets nothing else.</summary>
    public static Task ReleaseAsync(MemcachedServer memcached) => memcached.CommandAsync(string.Join(
        "\r\n", Enumerable.Range(0, Batch).Select(static n => FormattableString.Invariant($"delete coordinator/laboratory/fill/{n:00000000}"))));
}
