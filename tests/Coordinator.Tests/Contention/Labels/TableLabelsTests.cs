using Coordinator.Contention;
using Coordinator.Core.Contention.Labels;
using Coordinator.Tables;

namespace Coordinator.Tests.Contention.Labels;

public sealed class TableLabelsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Quiet = TableLabels.QuietFor;

    [Fact]
    public void Every_table_has_its_label_from_its_first_count_while_there_are_few()
    {
        var labels = new TableLabels(maxTables: 2, maxNames: 10);
        Assert.Equal(["public.a 3"], Told(labels, Noon, Table("a", 3)));
        Assert.Equal(["public.a 3", "public.b 5"], Told(labels, Noon, Table("a", 3), Table("b", 5)));
    }

    [Fact]
    public void The_most_contended_are_reported_by_name_and_the_rest_together()
    {
        var labels = new TableLabels(maxTables: 2, maxNames: 10);
        Assert.Equal(["public.c 3", "public.b 2", "other 5"],
            Told(labels, Noon, Table("a", 1), Table("b", 2, contention: 7), Table("c", 3, contention: 9), Table("d", 4)));
    }

    [Fact]
    public void A_table_keeps_its_label_while_it_is_busy_however_contended_another_is()
    {
        var labels = new TableLabels(maxTables: 1, maxNames: 10);
        Told(labels, Noon, Table("a", 1));
        var later = Noon + Quiet;
        Assert.Equal(["public.a 2", "other 9"], Told(labels, later, Table("a", 2, latest: later), Table("b", 9, contention: 100, latest: later)));
    }

    [Fact]
    public void A_table_that_was_quiet_for_long_gives_its_label_to_a_busy_one_and_no_series_falls()
    {
        var labels = new TableLabels(maxTables: 1, maxNames: 10);
        Told(labels, Noon, Table("a", 1), Table("b", 4));
        var later = Noon + Quiet;
        // The counts of b before it had a label stay in "other".
        Assert.Equal(["public.a 1", "public.b 0", "other 6"], Told(labels, later, Table("a", 1), Table("b", 6, latest: later)));
        Assert.Equal(["public.a 1", "public.b 3", "other 6"], Told(labels, later, Table("a", 1), Table("b", 9, latest: later)));
        Assert.Null(labels.Update([Table("a", 1), Table("b", 9, latest: later)], default, later)[0].Now);
    }

    [Fact]
    public void No_more_names_than_allowed_are_ever_reported()
    {
        var labels = new TableLabels(maxTables: 1, maxNames: 2);
        foreach (var (name, hour) in new[] { ("a", 0), ("b", 1), ("c", 2), ("d", 3) })
            Told(labels, Noon.AddHours(hour), Table(name, 1, latest: Noon.AddHours(hour)));
        Assert.Equal(["public.a", "public.b", "other"], labels.Update([], new TableCounts { Rows = 4 }, Noon.AddHours(4))
            .Select(static f => f.Label));
    }

    [Fact]
    public void A_table_that_was_forgotten_and_comes_again_goes_on_where_its_series_was()
    {
        var labels = new TableLabels(maxTables: 1, maxNames: 10);
        Told(labels, Noon, Table("a", 7));
        Assert.Equal(["public.a 7"], [.. labels.Update([], new TableCounts { Rows = 7 }, Noon).Select(Text)]);
        Assert.Equal(["public.a 9"], [.. labels.Update([Table("a", 2, account: new object())], new TableCounts { Rows = 7 }, Noon).Select(Text)]);
    }

    [Fact]
    public void Gauges_are_summed_under_other_and_of_times_the_longest_counts()
    {
        var labels = new TableLabels(maxTables: 1, maxNames: 10);
        var other = labels.Update([Table("a", 0, contention: 9, depth: 1), Table("b", 0, contention: 2, depth: 3),
            Table("c", 0, contention: 4, depth: 5)], default, Noon)[^1];
        Assert.Equal((TableLabels.Other, 8, 4, 2),
            (other.Label, other.Now!.Value.QueueDepth, other.Now.Value.ContentionMilliseconds, other.Now.Value.Activations));
    }

    private static List<string> Told(TableLabels labels, DateTimeOffset now, params TableReading[] tables) =>
        [.. labels.Update(tables, default, now).Select(Text)];

    private static string Text(LabelFigures figures) => $"{figures.Label} {figures.Counts.Rows}";

    private static TableReading Table(string name, long rows, double contention = 0, DateTimeOffset? latest = null, object? account = null,
        int depth = 0) => new(TableName.Parse(name), account ?? name, new TableCounts { Rows = rows }, contention, latest
            ?? Noon, new TableGauges(1, depth, 0, 0, [LeaseState.Held]));
}
