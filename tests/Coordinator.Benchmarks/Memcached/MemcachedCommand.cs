using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coordinator.Memcached;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;
using Coordinator.TestServers;
using HdrHistogram;
using Microsoft.Extensions.Logging.Abstractions;
using Command = System.CommandLine.Command;

namespace Coordinator.Benchmarks.Memcached;

/// <summary>Compares the client on one connection to a real memcached with a loop that sends the same bytes in batches and discards the
/// replies.</summary>
internal static class MemcachedCommand
{
    private const int Keys = 256;

    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(600);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each line is measured.", DefaultValueFactory = _ => 3 };
        var command = new Command("memcached",
            "The memcached client's operations per second, bytes allocated per operation and latencies.") { seconds };
        command.SetAction(async (parsed, ct) =>
        {
            await RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), ct);
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(TimeSpan duration, CancellationToken ct)
    {
        await using var server = await MemcachedServer.StartAsync();
        var options = new MemcachedClientOptions
        {
            Servers =
            [new ServerAddress("127.0.0.1", server.Port), new ServerAddress("localhost", server.Port)]
        };
        await using var client = new MemcachedClient(options, TimeProvider.System, new Random(1), NullLogger<MemcachedClient>.Instance);
        // All keys must use one connection, so keep the keys of one of the two server names.
        var one = (await client.ConnectionOfAsync("k", ct)).Server;
        var keys = new List<string>();
        for (var i = 0; keys.Count < Keys; i++)
        {
            var key = $"coordinator/bench/table/public.t{i}";
            var connection = await client.ConnectionOfAsync(key, ct);
            if (connection.Server != one) continue;
            if ((await connection.AddAsync(key, $"silo1x{i:d32}", Ttl, ct)).Kind != ReplyKind.Stored)
                throw new InvalidOperationException("Not stored.");
            keys.Add(key);
        }

        Console.WriteLine($"{"",-34} {"callers",8} {"ops/s",12} {"bytes/op",10} {"p50 µs",10} {"p99 µs",10}");
        Write("raw socket, batches of 100", 1, await RawBaseline.RunAsync(server.Port, keys, batch: 100, duration, ct));
        Write("raw socket, batches of 256", 1, await RawBaseline.RunAsync(server.Port, keys, batch: 256, duration, ct));
        foreach (var callers in new[] { 1, 16, 256, 1024 })
            Write("mg (get)", callers, await MeasureAsync(client, keys, callers, static (c, k, t) => c.GetAsync(k, t), duration, ct));
        Write("mg u (peek)", 256, await MeasureAsync(client, keys, 256, static (c, k, t) => c.PeekAsync(k, t), duration, ct));
        Write("mg T (touch)", 256, await MeasureAsync(client, keys, 256, static (c, k, t) => c.TouchAsync(k, Ttl, t), duration, ct));
        Write("raw socket, batches of 100, again", 1, await RawBaseline.RunAsync(server.Port, keys, batch: 100, duration, ct));
    }

    private static async Task<Measured> MeasureAsync(
        MemcachedClient client,
        List<string> keys,
        int callers,
        Func<IMemcachedConnection, string, CancellationToken, ValueTask<MemcachedReply>> operation,
        TimeSpan duration,
        CancellationToken ct)
    {
        var run = new Run();
        var histograms = Enumerable.Range(0, callers).Select(_ => new LongHistogram(10_000_000_000L, 2)).ToList();
        var all = histograms.Select((histogram, i) => Task.Run(() => CallAsync(i, histogram), ct)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, ct);
        var (allocated, started) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        run.IsMeasured = true;
        await Task.Delay(duration, TimeProvider.System, ct);
        run.IsMeasured = false;
        var elapsed = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        run.IsOver = true;
        await Task.WhenAll(all);
        var sum = new LongHistogram(10_000_000_000L, 2);
        foreach (var histogram in histograms) sum.Add(histogram);
        return Measured.Of(sum, elapsed, allocated);

        async Task CallAsync(int i, LongHistogram histogram)
        {
            while (!run.IsOver)
            {
                var key = keys[i++ % keys.Count];
                var sent = Stopwatch.GetTimestamp();
                var connection = await client.ConnectionOfAsync(key, CancellationToken.None);
                var reply = await operation(connection, key, CancellationToken.None);
                if (reply.Kind != ReplyKind.Value) throw new InvalidOperationException($"{reply.Kind} {reply.Detail}");
                if (run.IsMeasured) histogram.RecordValue(Stopwatch.GetTimestamp() - sent);
            }
        }
    }

    private static void Write(string title, int callers, Measured measured) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{title,-34} {callers,8:N0} {measured.PerSecond,12:N0} {measured.BytesPerOperation,10:N2} {measured.P50Microseconds,10:N1} "
            + $"{measured.P99Microseconds,10:N1}"));

    private sealed class Run
    {
        public volatile bool IsMeasured;
        public volatile bool IsOver;
    }
}
