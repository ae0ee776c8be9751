using Coordinator.Jobs;
using Coordinator.Jobs.Catalog;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Jobs;

public sealed class JobCatalogTests
{
    [Fact]
    public void A_job_is_read_from_its_settings_in_any_case_of_its_name()
    {
        var job = Catalog(
            ("Coordinator:Jobs:Nightly:Sql", "select 1"), ("Coordinator:Jobs:Nightly:Writes", "a, s.b"), ("Coordinator:Jobs:Nightly:Reads:0", "c"),
            ("Coordinator:Jobs:Nightly:Schedule", "0 3 * * *"), ("Coordinator:Jobs:Nightly:TimeZone", "Europe/Berlin"),
            ("Coordinator:Jobs:Nightly:Jitter", "00:05:00"),
            ("Coordinator:Jobs:Nightly:Misfire", "skip"), ("Coordinator:Jobs:Nightly:MaxDuration", "01:00:00")).Find("nightly");
        Assert.NotNull(job);
        Assert.Equal(("Nightly", "select 1", TimeSpan.FromHours(1)), (job.Name, job.Update.Sql, job.Update.MaxDuration));
        Assert.Equal(["public.a", "s.b"], job.Update.Writes.Select(static t => t.ToString()));
        Assert.Equal(["public.c"], job.Update.Reads.Select(static t => t.ToString()));
        Assert.Equal(("0 3 * * *", "Europe/Berlin", TimeSpan.FromMinutes(5), Misfire.Skip),
            (job.Schedule?.Text, job.Schedule?.Zone.Id, job.Schedule?.Jitter, job.Misfire));
    }

    [Fact]
    public void A_job_without_schedule_runs_when_asked_for()
    {
        var job = Catalog(("Coordinator:Jobs:j:Sql", "x"), ("Coordinator:Jobs:j:Writes", "a")).Find("j");
        Assert.Equal((null, Misfire.RunOnce), (job?.Schedule, job?.Misfire));
    }

    [Fact]
    public void A_run_has_the_settings_values_its_own_before_them_and_its_tick_if_the_SQL_asks()
    {
        var tick = new DateTimeOffset(2026, 7, 1, 3, 0, 0, TimeSpan.Zero);
        var job = Catalog(("Coordinator:Jobs:j:Sql", "select @day, @kind, @tick, '@no'"), ("Coordinator:Jobs:j:Parameters:day", "1"),
            ("Coordinator:Jobs:j:Parameters:kind", "a")).Find("j")!;
        var run = job.RunAt(tick, new Dictionary<string, string> { ["DAY"] = "2" });
        Assert.Equal(["day=2", "kind=a", "tick=2026-07-01T03:00:00.0000000+00:00"], run.Parameters.Select(static p => $"{p.Name}={p.Value}").Order());
        Assert.True(run.Parameters.Single(static p => p.IsInstant).Name == "tick");
        Assert.Empty(Catalog(("Coordinator:Jobs:j:Sql", "select 1")).Find("j")!.RunAt(tick).Parameters);
    }

    [Fact]
    public void An_unknown_job_is_null_and_the_known_ones_are_named()
    {
        var jobs = Catalog(("Coordinator:Jobs:b:Sql", "x"), ("Coordinator:Jobs:a:Sql", "x"));
        Assert.Null(jobs.Find("c"));
        Assert.Contains("a, b", jobs.Unknown("c"), StringComparison.Ordinal);
        Assert.Contains("Coordinator:Jobs:c:Sql", Catalog().Unknown("c"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sql", " ", "Coordinator:Jobs:j:Sql is empty")]
    [InlineData("Reads", "a.b.c", "Coordinator:Jobs:j:Reads: ")]
    [InlineData("Schedule", "every day", "Coordinator:Jobs:j:Schedule: 'every day' is no schedule")]
    [InlineData("Schedule", "61 * * * *", "Coordinator:Jobs:j:Schedule: '61 * * * *' is no schedule")]
    [InlineData("Schedule", "0 0 30 2 *", "Coordinator:Jobs:j:Schedule is '0 0 30 2 *', which never comes")]
    [InlineData("TimeZone", "Europe/Utopia", "Coordinator:Jobs:j:TimeZone is 'Europe/Utopia'")]
    [InlineData("Jitter", "soon", "Coordinator:Jobs:j:Jitter is 'soon'")]
    [InlineData("Jitter", "00:01:00", "Coordinator:Jobs:j:Jitter is 00:01:00; expected less than the 00:01:00")]
    [InlineData("Misfire", "Retry", "Coordinator:Jobs:j:Misfire is 'Retry'; expected RunOnce or Skip")]
    [InlineData("MaxDuration", "-1", "Coordinator:Jobs:j:MaxDuration is '-1'")]
    [InlineData("Parameters:day", "1", "Coordinator:Jobs:j:Parameters:day is not used")]
    [InlineData("Parameters:tick", "1", "Coordinator:Jobs:j:Parameters:tick is the scheduled instant")]
    [InlineData("Sql", "select @day", "Coordinator:Jobs:j:Parameters:day is missing")]
    [InlineData("Shedule", "* * * * *", "Did you mean Schedule?")]
    public void A_mistake_is_reported_with_its_key(string key, string value, string mention)
    {
        var settings = new Dictionary<string, string> { ["Sql"] = "x", ["Writes"] = "a", ["Schedule"] = "* * * * *", [key] = value };
        var e = Assert.Throws<FormatException>(() => Catalog([.. settings.Select(static s => ($"Coordinator:Jobs:j:{s.Key}", s.Value))]).Find("j"));
        Assert.Contains(mention, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_may_leave_its_tables_to_be_found()
    {
        var job = Catalog(("Coordinator:Jobs:j:Sql", "x")).Find("j");
        Assert.Empty(job!.Update.Writes);
        Assert.Empty(job.Update.Reads);
    }

    [Fact]
    public void All_mistakes_of_all_jobs_are_reported_together()
    {
        var jobs = Catalog(("Coordinator:Jobs:a:Sql", ""), ("Coordinator:Jobs:b:Writes", "t"), ("Coordinator:Jobs:b:Jitter", "00:00:01"),
            ("Coordinator:Jobs:c:Sql", "x"), ("Coordinator:Jobs:c:Misfire", "?"));
        var e = Assert.Throws<OptionsValidationException>(jobs.EnsureValid);
        Assert.Equal(5, e.Failures.Count());
    }

    [Fact]
    public void A_run_on_demand_cannot_have_a_ticks_id()
    {
        var job = Catalog(("Coordinator:Jobs:j:Sql", "x"), ("Coordinator:Jobs:j:Writes", "a")).Find("j")!;
        var tick = JobTick.IdOf("J", DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        Assert.Contains("2027-01-15", Assert.Throws<FormatException>(() => job.CheckId(tick)).Message, StringComparison.Ordinal);
        Assert.Equal(Some.Id(1), job.CheckId(Some.Id(1)));
    }

    private static JobCatalog Catalog(params (string Key, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build(),
        TimeProvider.System);
}
