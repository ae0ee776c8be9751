using System.Diagnostics;

namespace Coordinator.TestServers;

/// <summary>Polls for a state of another process that sends no event.</summary>
public static class Eventually
{
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not hold before the deadline; the message carries <paramref name="what"/>.</exception>
    public static async Task TrueAsync(
        string what, Func<CancellationToken, Task<bool>> condition, TimeSpan? deadline = null, CancellationToken ct = default)
    {
        var limit = deadline ?? DefaultDeadline;
        var started = Stopwatch.GetTimestamp();
        while (!await condition(ct))
        {
            if (Stopwatch.GetElapsedTime(started) > limit) throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}.");
            await Task.Delay(Pause, TimeProvider.System, ct);
        }
    }

    /// <inheritdoc cref="TrueAsync(string, Func{CancellationToken, Task{bool}}, TimeSpan?, CancellationToken)"/>
    public static Task TrueAsync(string what, Func<bool> condition, TimeSpan? deadline = null, CancellationToken ct = default) =>
        TrueAsync(what, _ => Task.FromResult(condition()), deadline, ct);
}
