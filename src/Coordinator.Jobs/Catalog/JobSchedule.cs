using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cronos;

namespace Coordinator.Jobs.Catalog;

/// <summary>A job's schedule: a cron expression in a time zone, and a jitter that is the same on all hosts.</summary>
public sealed class JobSchedule(string job, string text, TimeZoneInfo zone, TimeSpan jitter)
{
    private const int MaxGapsCompared = 100;

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private readonly CronExpression _cron = Parse(text);

    /// <summary>The expression: five fields, or six with seconds first.</summary>
    public string Text => text;

    public TimeZoneInfo Zone => zone;

    public TimeSpan Jitter => jitter;

    /// <summary>The first tick after a moment; null if there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _cron.GetNextOccurrence(after, zone)?.ToUniversalTime();

    /// <summary>When a tick is submitted: delayed by a hash of job and tick, so that every host waits equally long.</summary>
    public DateTimeOffset DueAt(DateTimeOffset tick)
    {
        if (jitter == TimeSpan.Zero) return tick;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(JobTick.IdOf(job, tick).ToString()));
        return tick + jitter * (BinaryPrimitives.ReadUInt32BigEndian(hash) / (uint.MaxValue + 1.0));
    }

    /// <summary>The latest tick after one moment that was due by another; null if there is none.</summary>
    public DateTimeOffset? LatestDue(DateTimeOffset after, DateTimeOffset now)
    {
        var latest = Latest(after, now);
        // The jitter is shorter than the time between two ticks: if this one is not due yet, the one before it is.
        return latest is { } tick && DueAt(tick) > now ? Latest(after, tick - OneSecond) : latest;
    }

    /// <summary>The shortest time between two of the next ticks; null if there are fewer than two.</summary>
    public TimeSpan? ShortestGap(DateTimeOffset from)
    {
        TimeSpan? shortest = null;
        var tick = Next(from);
        for (var i = 0; i < MaxGapsCompared && tick is { } one && Next(one) is { } other; i++)
        {
            if (shortest is null || other - one < shortest) shortest = other - one;
            tick = other;
        }

        return shortest;
    }

    /// <summary>Doubles the look-back each time: a schedule with a tick every second may have been down for a year.</summary>
    private DateTimeOffset? Latest(DateTimeOffset after, DateTimeOffset upTo)
    {
        for (var window = OneSecond; ; window *= 2)
        {
            var start = upTo - after <= window ? after : upTo - window;
            DateTimeOffset? latest = null;
            for (var tick = Next(start); tick <= upTo; tick = Next(tick.Value)) latest = tick;
            if (latest is not null || start == after) return latest;
        }
    }

    private static CronExpression Parse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        try
        {
            return CronExpression.Parse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (CronFormatException e)
        {
            throw new FormatException(
                $"'{text}' is no schedule: {e.Message.TrimEnd('.')}. Expected five fields such as '*/5 * * * *', or six with seconds first.", e);
        }
    }
}
