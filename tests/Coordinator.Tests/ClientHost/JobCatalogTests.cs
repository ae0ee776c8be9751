using Coordinator.ClientHost.Jobs;
using Microsoft.Extensions.Configuration;

namespace Coordinator.Tests.ClientHost;

public sealed class JobCatalogTests
{
    [Fact]
    public void A_job_is_read_from_its_settings_whatever_the_case_of_its_name()
    {
        var job = Catalog(("Coordinator:Jobs:Nightly:Sql", "select 1"), ("Coordinator:Jobs:Nightly:Writes", "a, s.b"), ("Coordinator:Jobs:Nightly:Reads:0", "c")).Find("nightly");
        Assert.NotNull(job);
        Assert.Equal(("Nightly", "select 1"), (job.Job, job.Sql));
        Assert.Equal(["public.a", "s.b"], job.Writes.Select(static t => t.ToString()));
        Assert.Equal(["public.c"], job.Reads.Select(static t => t.ToString()));
    }

    [Fact]
    public void An_unknown_job_is_null_and_the_known_ones_are_named()
    {
        var jobs = Catalog(("Coordinator:Jobs:b:Sql", "x"), ("Coordinator:Jobs:a:Sql", "x"));
        Assert.Null(jobs.Find("c"));
        Assert.Contains("a, b", jobs.Unknown("c"), StringComparison.Ordinal);
        Assert.Contains("Coordinator:Jobs:c:Sql", Catalog().Unknown("c"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_without_SQL_is_refused_naming_the_key()
    {
        var e = Assert.Throws<FormatException>(() => Catalog(("Coordinator:Jobs:j:Writes", "a")).Find("j"));
        Assert.Contains("Coordinator:Jobs:j:Sql", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_may_leave_its_tables_to_be_found()
    {
        var job = Catalog(("Coordinator:Jobs:j:Sql", "x")).Find("j");
        Assert.Empty(job!.Writes);
        Assert.Empty(job.Reads);
    }

    private static JobCatalog Catalog(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build());
}
