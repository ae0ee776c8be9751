using Coordinator.Rows;
using Coordinator.Settings;

namespace Coordinator.Grains;

/// <summary>The rules of the grains' limits and times.</summary>
public sealed class GrainsOptionsValidator() : SettingsValidator<GrainsOptions>(GrainsOptions.Section)
{
    private const int MaxRetries = 100;
    private const int MaxRows = 100_000_000;
    private const long Gigabyte = 1L << 30;

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override void Check(GrainsOptions options, SettingRules rules)
    {
        rules.Range(options.RememberedReceipts, 1, 10_000_000);
        rules.Range(options.UpdateMaxDuration, TimeSpan.FromSeconds(1), 7 * Day);
        rules.Range(options.UpdateMaxRestarts, 0, MaxRetries);
        rules.Range(options.MaxTableLabels, 1, GrainsOptions.MostTableLabels);
        CheckQueue(options, rules);
        CheckRetry(options, rules);
        CheckReservations(options, rules);
    }

    private static void CheckQueue(GrainsOptions options, SettingRules rules)
    {
        rules.Range(options.Queue.MaxBatchRows, 1, MaxRows);
        rules.Range(options.Queue.MaxBatchBytes, 1, Gigabyte, "a batch is one transaction and stays in memory");
        rules.Range(options.Queue.FlushInterval, TimeSpan.Zero, Minute);
        rules.Range(options.Queue.MaxQueuedIntents, 1, MaxRows);
        rules.Range(options.Queue.MaxQueuedBytes, RowBlock.MaxBytes, 64 * Gigabyte, "the largest block of rows must find room");
        rules.Range(options.Queue.MaxSiloQueuedBytes, options.Queue.MaxQueuedBytes, 256 * Gigabyte, "one table's queue must find room");
        rules.Range(options.Queue.MaxWait, Millisecond, Day);
        rules.Range(options.Queue.RetryAfter, Millisecond, Minute);
    }

    private static void CheckRetry(GrainsOptions options, SettingRules rules)
    {
        rules.Range(options.Retry.MaxRetries, 0, MaxRetries);
        rules.Range(options.Retry.Delay, TimeSpan.Zero, Minute);
        var least = options.Retry.Delay > Millisecond ? options.Retry.Delay : Millisecond;
        rules.Range(options.Retry.MaxDelay, least, Minute, "the longest delay is no shorter than Retry:Delay");
    }

    private static void CheckReservations(GrainsOptions options, SettingRules rules)
    {
        rules.Range(options.Reservations.Lease, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        var isMargin = options.Reservations.Margin >= TimeSpan.Zero && options.Reservations.Margin < options.Reservations.Lease / 2;
        rules.Require(isMargin, options.Reservations.Margin, $"0 or more and less than half of Reservations:Lease ({options.Reservations.Lease})");
        rules.Range(options.Reservations.Freshness, Millisecond, TimeSpan.FromSeconds(8), "a silo that is silent for longer counts as gone");
        rules.Range(options.Reservations.MaxWait, Millisecond, Day);
        rules.Range(options.Reservations.AskTimeout, CallTimes.Attempt, CallTimes.Silence, "a table answers sooner, and gives up later");
        rules.Range(options.Reservations.RetryDelay, Millisecond, TimeSpan.FromSeconds(10));
    }
}
