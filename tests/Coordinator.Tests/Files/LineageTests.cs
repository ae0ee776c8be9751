using Coordinator.ClientHost.Commands;
using Coordinator.Files.Input;
using Coordinator.Files.Lineages;
using Coordinator.Files.Records;
using Coordinator.Files.Reports;

namespace Coordinator.Tests.Files;

/// <summary>A second run after a file was mended, appended to or chunked otherwise.</summary>
public sealed class LineageTests : LineageTestBase
{
    [Theory]
    [InlineData(new[] { 1201 }, 1000, 1000)]
    [InlineData(new[] { 1 }, 1000, 1000)]
    [InlineData(new[] { 1 }, 1000, 70)]
    [InlineData(new[] { 2500 }, 1000, 1000)]
    [InlineData(new[] { 700, 2100 }, 1000, 1000)]
    [InlineData(new[] { 700, 701, 2100 }, 100, 1000)]
    [InlineData(new[] { 3 }, 1, 1)]
    public async Task After_bad_lines_are_mended_the_rest_goes_in_and_nothing_twice(int[] bad, int rows, int rowsAgain)
    {
        var lines = Numbers(1, 2500);
        foreach (var line in bad) lines[line - 1] = Bad;
        Assert.False((await InsertAsync(lines, rows)).IsDone);
        foreach (var line in bad) lines[line - 1] = $"{line}";

        var report = await InsertAsync(lines, rowsAgain);

        AssertHolds(lines, report);
        Assert.True(report.RowsAlreadyCommitted >= 2500 - (bad.Length * rows));
    }

    [Theory]
    [InlineData(3, 2, 1000)]
    [InlineData(1, 1, 1000)]
    [InlineData(1000, 1500, 1000)]
    [InlineData(1500, 2000, 1000)]
    [InlineData(15, 200, 7)]
    [InlineData(200, 1, 3)]
    public async Task What_was_appended_goes_in_alone(int before, int appended, int rows)
    {
        AssertHolds(Numbers(1, before), await InsertAsync(Numbers(1, before), rows));
        var report = await InsertAsync(Numbers(1, before + appended), rows);
        AssertHolds(Numbers(1, before + appended), report);
        Assert.Equal((before, appended), (report.RowsAlreadyCommitted, report.RowsCommitted));
    }

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1000, 300)]
    [InlineData(300, 1000)]
    [InlineData(1, 1000)]
    public async Task The_same_file_again_changes_nothing_and_sends_nothing_however_it_is_chunked(int rows, int rowsAgain)
    {
        await InsertAsync(Numbers(1, 2500), rows);
        var sent = Ledger.Sent.Count;
        var report = await InsertAsync(Numbers(1, 2500), rowsAgain);
        AssertHolds(Numbers(1, 2500), report);
        Assert.Equal((2500, sent, sent), (report.RowsAlreadyCommitted, report.AlreadyCommitted, Ledger.Sent.Count));
        Assert.Contains("nothing to do", InsertText.Lines(report).First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1)]
    public async Task Files_that_share_their_first_record_alone_both_go_in(int rows)
    {
        string[][] files = [["1", "2", "3"], ["1", "4", "5"], ["1", "6"], ["1"]];
        foreach (var lines in files) Assert.Equal(lines.Length, (await InsertAsync([.. lines], rows)).RowsCommitted);
    }

    [Fact]
    public async Task Again_means_again_and_the_file_is_whole_afterwards()
    {
        await InsertAsync(Numbers(1, 1500), 1000);
        Assert.Equal(1500, (await InsertAsync(Numbers(1, 1500), 1000, again: true)).RowsCommitted);
        Assert.Equal(1500, (await InsertAsync(Numbers(1, 1500), 1000)).RowsAlreadyCommitted);
        Assert.Equal(3000, Ledger.Table.Count);
    }

    [Fact]
    public async Task Mended_records_that_went_in_as_a_file_of_their_own_do_not_go_in_with_the_mended_file_as_well()
    {
        var lines = Numbers(1, 2500);
        lines[1200] = Bad;
        await InsertAsync(lines, 1000);
        await InsertTextAsync((await File.ReadAllTextAsync(Rejected)).Replace(Bad, "1201", StringComparison.Ordinal));
        Assert.Equal(2500, Ledger.Table.Count);
        lines[1200] = "1201";
        AssertHolds(lines, await InsertAsync(lines, 1000));
    }

    [Fact]
    public async Task Records_that_are_alike_are_all_counted()
    {
        var lines = Enumerable.Repeat("7", 1500).ToList();
        AssertHolds(lines, await InsertAsync(lines, 100));
        lines.AddRange(Enumerable.Repeat("7", 20));
        AssertHolds(lines, await InsertAsync(lines, 100));
    }

    [Fact]
    public async Task What_a_version_before_committed_is_known_and_what_it_began_goes_on_under_its_ids()
    {
        var lines = Numbers(1, 2500);
        var text = TextOf(lines);
        await using var file = await FileOf(text);
        var input = new InputText(file, RowFormat.Ndjson, CsvDialect.Default);
        var limits = new ChunkLimits(1000, 1024 * 1024);
        var origin = await EarlierPlan.OriginAsync(input, Events, limits, CancellationToken.None);
        Ledger.KeepsIdsAlone = true;
        await foreach (var chunk in RecordReader.ReadAsync(RowFormat.Ndjson, file.Rewound(), CsvDialect.Default, limits, CancellationToken.None))
        {
            if (chunk.Number != 1)
                await Ledger.InsertAsync(Events, chunk.Encode()!, new() { Id = new Coordinator.Intents.IntentId(origin, chunk.Number) });
        }

        var report = await InsertAsync(lines, 1000);
        AssertHolds(lines, report);
        Assert.Equal((1500, 1000), (report.RowsAlreadyCommitted, report.RowsCommitted));
        Assert.Equal(2500, (await InsertAsync(lines, 1000)).RowsAlreadyCommitted);
    }

    [Fact]
    public async Task CSV_is_known_by_its_records_and_its_header()
    {
        await InsertTextAsync("n,m\n1,a\n2,b\n3,c\n", RowFormat.Csv);
        Assert.Equal((3, 1), Both(await InsertTextAsync("n,m\n1,a\n2,b\n3,c\n4,d\n", RowFormat.Csv)));
        var renamed = await InsertTextAsync("n,k\n1,a\n2,b\n3,c\n4,d\n", RowFormat.Csv);
        Assert.Equal((0, 4), (renamed.RowsCommitted, renamed.RowsChanged));
        Assert.Equal(4, Ledger.Table.Count);
    }

    [Fact]
    public async Task A_JSON_array_and_the_same_objects_line_by_line_are_one_file()
    {
        await InsertTextAsync("[{\"n\":1},{\"n\":2} , {\"n\":3}]", RowFormat.Json);
        Assert.Equal((3, 1), Both(await InsertTextAsync("{\"n\":1}\n{\"n\":2}\r\n{\"n\":3}\n{\"n\":4}")));
    }

    private static (long Already, long Committed) Both(InsertReport report) => (report.RowsAlreadyCommitted, report.RowsCommitted);
}
