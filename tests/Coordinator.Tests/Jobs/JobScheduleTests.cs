using System.Globalization;
using Coordinator.Jobs.Catalog;

namespace Coordinator.Tests.Jobs;

public sealed class JobScheduleTests
{
    [Theory]
    [InlineData("*/5 * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z")]
    [InlineData("* * * * * *", "2026-01-01T00:00:00.4Z", "2026-01-01T00:00:01Z")]
    [InlineData("30 8 * * MON-FRI", "2026-01-02T09:00:00Z", "2026-01-05T08:30:00Z")]
    public void The_next_tick_is_a_whole_second_after_the_moment(string text, string after, string next) =>
        Assert.Equal(At(next), Schedule(text).Next(At(after)));

    [Fact]
    public void A_daily_tick_that_the_clock_skips_in_spring_comes_when_it_goes_on()
    {
        var berlin = Schedule("30 2 * * *", "Europe/Berlin");
        Assert.Equal(At("2026-03-28T01:30:00Z"), berlin.Next(At("2026-03-27T12:00:00Z")));
        Assert.Equal(At("2026-03-29T01:00:00Z"), berlin.Next(At("2026-03-28T12:00:00Z")));
        Assert.Equal(At("2026-03-30T00:30:00Z"), berlin.Next(At("2026-03-29T12:00:00Z")));
    }

    [Fact]
    public void A_daily_tick_whose_hour_comes_twice_in_autumn_comes_once_and_an_interval_goes_on()
    {
        var daily = Ticks(Schedule("30 2 * * *", "Europe/Berlin"), At("2026-10-24T22:00:00Z"), At("2026-10-25T23:00:00Z"));
        Assert.Equal([At("2026-10-25T00:30:00Z")], daily);
        var halfHours = Ticks(Schedule("*/30 * * * *", "Europe/Berlin"), At("2026-10-24T22:00:00Z"), At("2026-10-25T23:00:00Z"));
        Assert.Equal(50, halfHours.Count);
        Assert.Equal(50, halfHours.Distinct().Count());
        Assert.All(halfHours.Zip(halfHours.Skip(1)), static pair => Assert.Equal(TimeSpan.FromMinutes(30), pair.Second - pair.First));
    }

    [Theory]
    [InlineData("0 * * * *", "2026-01-01T00:00:00Z", "2026-01-01T05:59:59Z", "2026-01-01T05:00:00Z")]
    [InlineData("0 * * * *", "2026-01-01T00:00:00Z", "2026-01-01T05:00:00Z", "2026-01-01T05:00:00Z")]
    [InlineData("0 * * * *", "2026-01-01T05:00:00Z", "2026-01-01T05:59:59Z", null)]
    [InlineData("* * * * * *", "2020-01-01T00:00:00Z", "2026-01-01T00:00:00.9Z", "2026-01-01T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("0 0 1 1 *", "2026-06-01T00:00:00Z", "2026-05-01T00:00:00Z", null)]
    public void The_latest_missed_tick_is_found_however_long_the_downtime(string text, string known, string now, string? latest) =>
        Assert.Equal(latest is null ? null : At(latest), Schedule(text).LatestDue(At(known), At(now)));

    [Fact]
    public void Jitter_is_the_same_on_every_host_differs_by_tick_and_job_and_stays_below_its_limit()
    {
        var (one, same, other) = (Schedule("0 * * * *", jitter: 600), Schedule("0 * * * *", jitter: 600),
            Schedule("0 * * * *", jitter: 600, job: "other"));
        var ticks = Ticks(one, At("2026-01-01T00:00:00Z"), At("2026-01-09T00:00:00Z"));
        var delays = ticks.Select(tick => one.DueAt(tick) - tick).ToList();
        Assert.Equal(delays, ticks.Select(tick => same.DueAt(tick) - tick));
        Assert.All(delays, static delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(600)));
        Assert.True(delays.Distinct().Count() > ticks.Count / 2);
        Assert.NotEqual(delays, ticks.Select(tick => other.DueAt(tick) - tick));
        // The delays use the whole range.
        Assert.Contains(delays, static delay => delay < TimeSpan.FromSeconds(60));
        Assert.Contains(delays, static delay => delay > TimeSpan.FromSeconds(540));
    }

    [Fact]
    public void A_tick_whose_jitter_is_not_over_is_not_missed()
    {
        var schedule = Schedule("0 * * * *", jitter: 3000);
        var tick = At("2026-01-01T05:00:00Z");
        var due = schedule.DueAt(tick);
        Assert.Equal(tick, schedule.LatestDue(At("2026-01-01T00:00:00Z"), due));
        Assert.Equal(tick.AddHours(-1), schedule.LatestDue(At("2026-01-01T00:00:00Z"), due.AddTicks(-1)));
        Assert.Null(schedule.LatestDue(tick.AddHours(-1), due.AddTicks(-1)));
    }

    [Theory]
    [InlineData("0,10 * * * *", 600)]
    [InlineData("* * * * * *", 1)]
    [InlineData("0 3 * * *", 86400)]
    public void The_shortest_time_between_two_ticks_is_known(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Schedule(text).ShortestGap(At("2026-01-01T00:00:00Z")));

    private static JobSchedule Schedule(string text, string zone = "UTC", int jitter = 0, string job = "j") =>
        new(job, text, TimeZoneInfo.FindSystemTimeZoneById(zone), TimeSpan.FromSeconds(jitter));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static List<DateTimeOffset> Ticks(JobSchedule schedule, DateTimeOffset from, DateTimeOffset to)
    {
        var ticks = new List<DateTimeOffset>();
        for (var tick = schedule.Next(from.AddTicks(-1)); tick < to; tick = schedule.Next(tick.Value)) ticks.Add(tick.Value);
        return ticks;
    }
}
