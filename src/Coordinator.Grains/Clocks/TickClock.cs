using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Jobs;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Clocks;

/// <summary>Decides whether a job's tick is due: by this silo's clock, and by the warehouse's.</summary>
internal sealed partial class TickClock(IWarehouse warehouse, TimeProvider clock, ILogger<TickClock> logger)
{
    /// <summary>How far the clocks of two machines may be apart.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LogPeriod = TimeSpan.FromMinutes(1);

    // Hosts follow the clock of some silo, so by another silo's a tick may be early on every host, and must be submitted again. A tick that is
    // earlier than this comes from a host that reached no silo.
    private static readonly TimeSpan MostBetweenSilos = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _refusalLoggedAt;
    private long? _offsetLoggedAt;

    /// <summary>Returns when the tick is due by this silo's clock. An intent that is no tick is due at once.</summary>
    /// <returns>Whether time has passed.</returns>
    /// <exception cref="TickNotDueException">It is due later than clocks may differ.</exception>
    public async Task<bool> WaitUntilDueAsync(UpdateIntent intent)
    {
        var now = clock.GetUtcNow();
        if (TickOf(intent) is not { } tick || tick <= now) return false;
        Ensure(intent, tick, "this silo", now, MostBetweenSilos);
        while (tick - clock.GetUtcNow() is { Ticks: > 0 } early) await Task.Delay(early, clock);
        return true;
    }

    /// <summary>The last sequence number that a run of a tick may cover: the last one that is due by the clocks of the silo and the
    /// warehouse.</summary>
    /// <exception cref="TickNotDueException">The tick itself is due later by the warehouse's clock.</exception>
    public async Task<long> LastDueAsync(UpdateIntent intent, CancellationToken cancellationToken)
    {
        if (TickOf(intent) is not { } tick) return long.MaxValue;
        var sent = clock.GetTimestamp();
        var there = await warehouse.NowAsync(cancellationToken);
        var here = clock.GetUtcNow();
        var offset = here - there;
        if (offset.Duration() > Tolerance + clock.GetElapsedTime(sent) && IsTimeToLog(ref _offsetLoggedAt))
            LogOffset(Text(here), warehouse.Name, Text(there));
        Ensure(intent, tick, warehouse.Name, there, TimeSpan.MaxValue);
        return Math.Max(intent.Id.Sequence, (there < here ? there : here).ToUnixTimeSeconds());
    }

    private static DateTimeOffset? TickOf(UpdateIntent intent) =>
        string.IsNullOrWhiteSpace(intent.Job) ? null : JobTick.TimeOf(intent.Job, intent.Id);

    private void Ensure(UpdateIntent intent, DateTimeOffset tick, string judge, DateTimeOffset now, TimeSpan retriedWithin)
    {
        if (tick - now <= Tolerance) return;
        var message = $"Job {intent.Job}, tick {Text(tick)}: not due. By the clock of its host ({intent.Source}) it is, and by that of {judge} it "
            + $"is {Text(now)}. Synchronize the clocks of both (chrony, systemd-timesyncd; 169.254.169.123 in AWS).";
        if (IsTimeToLog(ref _refusalLoggedAt)) LogNotDue(message);
        throw new TickNotDueException(message, tick - now <= retriedWithin ? tick - now : TimeSpan.Zero);
    }

    private bool IsTimeToLog(ref long? loggedAt)
    {
        lock (_gate)
        {
            if (loggedAt is { } at && clock.GetElapsedTime(at) < LogPeriod) return false;
            loggedAt = clock.GetTimestamp();
            return true;
        }
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.f'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(2220, LogLevel.Error, "{Refusal}")]
    private partial void LogNotDue(string refusal);

    [LoggerMessage(2221, LogLevel.Error,
        "The clocks differ: {Here} on this silo, {There} in {Warehouse}. Ticks run when they are due by both; synchronize this machine's clock")]
    private partial void LogOffset(string here, string warehouse, string there);
}
