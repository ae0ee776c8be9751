using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HdrHistogram;

namespace Coordinator.Benchmarks.Memcached;

/// <summary>The upper bound that a socket allows: one thread sends a batch of <c>mg</c>, counts line ends until all answers are there, and sends
/// the next.</summary>
internal static class RawBaseline
{
    public static async Task<Measured> RunAsync(int port, IReadOnlyList<string> keys, int batch, TimeSpan duration, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        // Synchronous from the start: once a socket is used asynchronously it never blocks again, and the emulation of blocking calls
        // allocates.
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        return await Task.Run(() => Run(socket, keys, batch, duration), ct);
    }

    private static Measured Run(Socket socket, IReadOnlyList<string> keys, int batch, TimeSpan duration)
    {
        var request = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, batch).Select(i => $"mg {keys[i % keys.Count]} v c t\r\n")));
        var buffer = new byte[64 * 1024];
        var latencies = new LongHistogram(10_000_000_000L, 2);
        var started = Stopwatch.GetTimestamp();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var sent = Stopwatch.GetTimestamp();
            socket.Send(request);
            // Two lines per answer: VA …, and the value.
            for (var lines = 2 * batch; lines > 0;) lines -= buffer.AsSpan(0, socket.Receive(buffer)).Count((byte)'\n');
            latencies.RecordValueWithCount(Stopwatch.GetTimestamp() - sent, batch);
        }

        return Measured.Of(latencies, Stopwatch.GetElapsedTime(started), GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }
}
