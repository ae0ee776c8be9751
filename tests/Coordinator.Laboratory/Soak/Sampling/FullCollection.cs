using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Coordinator.Laboratory.Soak.Sampling;

/// <summary>Has another process collect all its garbage, so that its heap is what it really holds: by itself the runtime collects the oldest
/// generation rarely, and what a heap has gathered until then looks like a leak.</summary>
internal static class FullCollection
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    // GCHeapCollect: a session that asks for it begins with a full collection.
    private const long CollectKeyword = 0x800000;
    private const int BufferMegabytes = 16;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(int pid, TimeProvider clock, CancellationToken ct)
    {
        var provider = new EventPipeProvider(Runtime, EventLevel.Informational, CollectKeyword);
        using var session = await new DiagnosticsClient(pid).StartEventPipeSessionAsync(provider, requestRundown: false, BufferMegabytes, ct);
        var reading = session.EventStream.CopyToAsync(Stream.Null, ct);
        await Task.Delay(Time, clock, ct);
        await session.StopAsync(ct);
        await reading;
    }
}
