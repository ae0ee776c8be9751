namespace Coordinator.Laboratory.Faults;

internal sealed class FillMemcached : IFault
{
    private const int Batch = 20_000;

    // As large as a lock, so that the slab class of the locks runs out of memory.
    private static readonly string Value = new('x', 40);

    public string Name => "fill-memcached";

    public string Title => "memcached's memory full (`-M`), then an unrelated silo stops";

    public async Task StrikeAsync(Scene scene)
    {
        var memcached = scene.Cluster.Memcached;
        for (var i = 0; ; i += Batch)
        {
            var commands = string.Join("\r\n", Enumerable.Range(i, Batch)
                .Select(n => FormattableString.Invariant($"set coordinator/laboratory/fill/{n:00000000} 0 0 {Value.Length}\r\n{Value}")));
            if ((await memcached.CommandAsync(commands)).Contains("SERVER_ERROR out of memory", StringComparison.Ordinal)) break;
        }

        await scene.StopBystanderAsync();
        // Makes room again and forgets nothing else.
        await scene.PauseAsync(TimeSpan.FromSeconds(3));
        await memcached.CommandAsync(string.Join(
            "\r\n", Enumerable.Range(0, Batch).Select(static n => FormattableString.Invariant($"delete coordinator/laboratory/fill/{n:00000000}"))));
    }
}
