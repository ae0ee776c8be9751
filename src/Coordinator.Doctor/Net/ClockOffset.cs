using System.Globalization;
using Coordinator.Doctor.Checking;

namespace Coordinator.Doctor.Net;

/// <summary>The difference between this machine's clock and that of a server, as far as one question can tell.</summary>
internal static class ClockOffset
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    /// <param name="time">This machine's clock.</param>
    /// <param name="ask">Asks the server for its time.</param>
    /// <param name="precision">The unit of the server's answer.</param>
    /// <param name="consequence">What a difference leads to.</param>
    public static async Task<Finding> MeasureAsync(TimeProvider time, Func<Task<DateTimeOffset>> ask, TimeSpan precision, string consequence)
    {
        var (before, started) = (time.GetUtcNow(), time.GetTimestamp());
        var server = await ask();
        var half = time.GetElapsedTime(started) / 2;
        var offset = before + half - server;
        var doubt = half + precision;
        var side = offset < TimeSpan.Zero ? "behind" : "ahead";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"this machine's clock is {Math.Abs(offset.TotalSeconds):0.0} s {side} (± {doubt.TotalSeconds:0.0} s)");
        return offset.Duration() - doubt <= Most
            ? Finding.Ok(text)
            : Finding.Warning($"{text}: {consequence}", "Synchronize the clock of this machine (chrony, systemd-timesyncd; 169.254.169.123 in AWS).");
    }
}
