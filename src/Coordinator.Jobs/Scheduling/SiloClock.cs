using Coordinator.Client.Telemetry;
using Coordinator.Grains;
using Microsoft.Extensions.Logging;

namespace Coordinator.Jobs.Scheduling;

/// <summary>The silos' clock as this host knows it: asked every few seconds, and continued by this host's monotonic clock. Schedules follow it,
/// so that a host with a wrong clock submits ticks when they are due. Until a silo answers it is this host's clock.</summary>
/// <param name="ask">Asks a silo for its time.</param>
/// <param name="own">This host's clock.</param>
/// <param name="logger">Receives differences of more than a second.</param>
internal sealed partial class SiloClock(Func<Task<DateTimeOffset>> ask, TimeProvider own, ILogger<SiloClock> logger) : TimeProvider
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LogPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private Measurement? _latest;
    private (TimeSpan Offset, long At)? _logged;

    public SiloClock(IGrainFactory grains, TimeProvider own, ILogger<SiloClock> logger)
        : this(() => grains.GetGrain<IClockGrain>(0).NowAsync(), own, logger)
    {
    }

    public override long TimestampFrequency => own.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _latest) is { } latest ? latest.SiloTime + own.GetElapsedTime(latest.At) : own.GetUtcNow();

    public override long GetTimestamp() => own.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        own.CreateTimer(callback, state, dueTime, period);

    /// <summary>Measures until cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await MeasureAsync(cancellationToken);
            await Task.Delay(Period, own, cancellationToken);
        }
    }

    /// <summary>Asks a silo once. Without an answer the last one remains.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var sent = own.GetTimestamp();
        try
        {
            var time = await ask().WaitAsync(Period, own, cancellationToken);
            var received = own.GetTimestamp();
            // The answer was made at some time in between. A slow one tells little. Ticks may be late, not early, so it counts as made last.
            var doubt = own.GetElapsedTime(sent, received) / 2;
            if (doubt > Most && _latest is not null) return;
            Volatile.Write(ref _latest, new Measurement(time, received));
            Report(own.GetUtcNow() - GetUtcNow() - doubt, doubt);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The jobs say so if no silo answers. A silo of an older version cannot tell its time.
            LogUnknown(failure.Message);
        }
    }

    private void Report(TimeSpan offset, TimeSpan doubt)
    {
        ClientMetrics.ClockOffset.Record(offset.TotalSeconds);
        if (offset.Duration() <= Most + doubt)
        {
            if (_logged is not null) LogRight();
            _logged = null;
        }
        else if (_logged is not { } logged || (logged.Offset - offset).Duration() > Most || own.GetElapsedTime(logged.At) >= LogPeriod)
        {
            _logged = (offset, own.GetTimestamp());
            LogWrong(Math.Abs(offset.TotalSeconds), offset > TimeSpan.Zero ? "ahead of" : "behind", own.GetUtcNow(), GetUtcNow());
        }
    }

    [LoggerMessage(5110, LogLevel.Error,
        "This host's clock is {Seconds:0.0} s {Side} the silo's: {Own:O} here, {Silo:O} there. Schedules follow the silo's; synchronize both")]
    private partial void LogWrong(double seconds, string side, DateTimeOffset own, DateTimeOffset silo);

    [LoggerMessage(5112, LogLevel.Debug, "No silo tells its time: {Reason}")]
    private partial void LogUnknown(string reason);

    [LoggerMessage(5111, LogLevel.Information, "This host's clock agrees with the silo's again")]
    private partial void LogRight();

    /// <summary>A silo's time at a moment of this host's monotonic clock.</summary>
    private sealed record Measurement(DateTimeOffset SiloTime, long At);
}
