using System.Text.Json;
using Coordinator.ClientHost.Commands;
using Coordinator.Top;
using Spectre.Console;

namespace Coordinator.Tests.Top;

public sealed class ContentionRankingTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rates_are_the_difference_of_two_snapshots_and_a_restarted_silo_counts_from_zero()
    {
        var before = Snapshot(0, Table("a") with { Rows = 1000, Intents = 10 }, Table("b") with { Rows = 5000, Intents = 5000 });
        var now = Snapshot(2, Table("a") with { Rows = 1600, Intents = 40 }, Table("b") with { Rows = 20, Intents = 10 },
            Table("c") with { Rows = 8, Intents = 4 });
        var rows = ContentionRanking.Of(now, before, ContentionSort.Rows, 10);
        Assert.Equal([("a", 300, 15), ("b", 10, 5), ("c", 4, 2)],
            rows.Select(static r => (r.Figures.Table, (int)r.RowsPerSecond!, (int)r.IntentsPerSecond!)));
        Assert.All(ContentionRanking.Of(now, null, ContentionSort.Rows, 10), static r => Assert.Null(r.RowsPerSecond));
        Assert.All(ContentionRanking.Of(before, before, ContentionSort.Rows, 10), static r => Assert.Null(r.RowsPerSecond));
    }

    public static TheoryData<string, string> Orders() => new()
    {
        { "Contention", "contended" },
        { "Wait", "a" },
        { "Depth", "b" },
        { "Hold", "c" },
        { "Rows", "d" },
        { "Intents", "e" },
        { "Conflicts", "f" },
        { "Retries", "g" },
        { "Overlaps", "h" },
        { "Rejected", "i" },
        { "Table", "Z" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_order_puts_its_own_figure_first(string sort, string first)
    {
        var snapshot = Snapshot(
            0,
            Table("contended") with { ContentionMilliseconds = 1 },
            Table("a") with { OldestWaitMilliseconds = 1 },
            Table("b") with { QueueDepth = 1 },
            Table("c") with { Holder = new HolderFigures { Kind = "shared", SinceMilliseconds = 1 } },
            Table("d") with { Rows = 1 },
            Table("e") with { Intents = 1 },
            Table("f") with { Conflicts = 1 },
            Table("g") with { Retries = 1 },
            Table("h") with { Overlaps = 1 },
            Table("i") with { Rejected = 1 },
            Table("Z"));
        Assert.Equal(first, Assert.Single(ContentionRanking.Of(snapshot, null, Enum.Parse<ContentionSort>(sort), 1)).Figures.Table);
    }

    [Fact]
    public void Fields_that_are_missing_or_new_do_no_harm_and_new_ones_are_passed_on()
    {
        var figures = JsonSerializer.Deserialize<TableFigures>(
            """{"table":"public.t","holder":{"kind":"insert","source":"[red]","sinceMilliseconds":61000,"rows":7},"bytes":[1,2]}""",
            CommandOutput.Json)!;
        using var again = JsonDocument.Parse(JsonSerializer.Serialize(figures, CommandOutput.Json));
        Assert.Equal("[1,2]", again.RootElement.GetProperty("bytes").GetRawText());

        Assert.Matches(@"public\.t +insert \[red\] 1 m 01 s", Picture(figures, ContentionSort.Wait, 200));
        Assert.Contains("1 table by wait at 12:00:00Z from http://[::1]:8080/", Picture(figures, ContentionSort.Wait, 200), StringComparison.Ordinal);
    }

    [Fact]
    public void A_narrow_terminal_shows_what_matters_most_and_what_was_asked_for()
    {
        var figures = Table("public.orders") with
        {
            Holder = new HolderFigures { Kind = "exclusive", Source = "night job", SinceMilliseconds = 100 },
            Retries = 12_345
        };
        var wide = Picture(figures, ContentionSort.Wait, 200);
        Assert.Contains("Silo", wide, StringComparison.Ordinal);
        foreach (var width in new[] { 60, 80, 100, 120 })
        {
            var narrow = Picture(figures, ContentionSort.Retries, width);
            Assert.All(narrow.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
            Assert.Contains("12,345", narrow, StringComparison.Ordinal);
            Assert.DoesNotContain("Silo", narrow, StringComparison.Ordinal);
            if (width >= 80) Assert.Matches(@"public\.orders +exclusive night job 100 ms ", narrow);
        }
    }

    private static string Picture(TableFigures figures, ContentionSort sort, int width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        var snapshot = Snapshot(0, figures);
        console.Write(ContentionTable.Of(ContentionRanking.Of(snapshot, null, sort, 1), snapshot, new Uri("http://[::1]:8080"), sort, width));
        return text.ToString();
    }

    private static TableFigures Table(string name) => new() { Table = name, Silo = "s" };

    private static ContentionSnapshot Snapshot(int seconds, params TableFigures[] tables) => new(Now.AddSeconds(seconds), tables);
}
