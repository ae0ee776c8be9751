using System.Text;
using Coordinator.ClientHost.Commands;
using Coordinator.Files.Input;
using Coordinator.Files.Inserting;
using Coordinator.Files.Lineages;
using Coordinator.Files.Records;
using Coordinator.Files.Reports;
using Coordinator.Tables;
using CsCheck;
using SiloUnavailableException = Coordinator.Errors.SiloUnavailableException;

namespace Coordinator.Tests.Files;

/// <summary>A second run after the file was corrected, appended to, edited, cut or chunked differently.</summary>
public sealed class LineageTests : IDisposable
{
    private const string Bad = "\"bad\"";

    private static readonly TableName Events = TableName.Parse("events");

    private readonly string _folder = Directory.CreateTempSubdirectory("coordinator-tests-").FullName;
    private readonly FakeLedger _ledger = new() { Refuses = static n => n == Bad };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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
        var sent = _ledger.Sent.Count;
        var report = await InsertAsync(Numbers(1, 2500), rowsAgain);
        AssertHolds(Numbers(1, 2500), report);
        Assert.Equal((2500, sent, sent), (report.RowsAlreadyCommitted, report.AlreadyCommitted, _ledger.Sent.Count));
        Assert.Contains("nothing to do", InsertText.Lines(report).First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 2, 1000)]
    [InlineData(3, 3, 1000)]
    [InlineData(2500, 1, 1000)]
    [InlineData(2500, 1234, 1000)]
    [InlineData(2500, 2500, 1000)]
    [InlineData(2500, 17, 1)]
    public async Task A_committed_record_that_was_edited_is_named_and_saved_and_neither_inserted_nor_doubled(int count, int edited, int rows)
    {
        await InsertAsync(Numbers(1, count), rows);
        var lines = Numbers(1, count);
        lines[edited - 1] = "777777";
        var report = await InsertAsync(lines, rows);

        Assert.Equal([new ChangedRows(edited, edited, 1, true)], report.Changed);
        Assert.Equal((count - 1, 1, 0), (report.RowsAlreadyCommitted, report.RowsChanged, report.RowsCommitted));
        Assert.False(report.IsDone);
        Assert.Equal(Numbers(1, count), _ledger.Table.OrderBy(int.Parse));
        Assert.Equal(Line("777777"), (await File.ReadAllTextAsync(Rejected)).Trim());

        // The corrected row is inserted alone, and after that the file is complete.
        await InsertTextAsync(await File.ReadAllTextAsync(Rejected));
        Assert.True((await InsertAsync(lines, rows)).IsDone);
        Assert.Equal(count + 1, _ledger.Table.Count);
    }

    [Fact]
    public async Task An_edited_record_and_appended_records_are_distinguished()
    {
        await InsertAsync(Numbers(1, 2500), 1000);
        var lines = Numbers(1, 2700);
        lines[2200] = "777777";
        var report = await InsertAsync(lines, 1000);
        Assert.Equal([new ChangedRows(2201, 2201, 1, true)], report.Changed);
        Assert.Equal((2499, 200), (report.RowsAlreadyCommitted, report.RowsCommitted));
    }

    [Fact]
    public async Task Several_edits_in_one_intent_are_reported_by_its_range_and_saved_separately()
    {
        await InsertAsync(Numbers(1, 3000), 1000);
        var lines = Numbers(1, 3100);
        (lines[1200], lines[1300]) = ("777777", "888888");
        var report = await InsertAsync(lines, 1000);
        Assert.Equal([new ChangedRows(1001, 2000, 1000, false)], report.Changed);
        Assert.Equal((2000, 100), (report.RowsAlreadyCommitted, report.RowsCommitted));
        Assert.Equal(3100, _ledger.Table.Count);
        Assert.Equal("", await File.ReadAllTextAsync(Rejected));
        Assert.Equal(lines[1000..2000].Select(Line), await File.ReadAllLinesAsync(report.DoubtfulTo!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1500)]
    [InlineData(2000)]
    [InlineData(2499)]
    public async Task Lines_that_came_in_anywhere_go_in_alone(int at)
    {
        await InsertAsync(Numbers(1, 2500), 1000);
        var lines = Numbers(1, 2500);
        lines.InsertRange(at, Numbers(5001, 3));
        var report = await InsertAsync(lines, 1000);
        AssertHolds(lines, report);
        Assert.Equal((2500, 3), (report.RowsAlreadyCommitted, report.RowsCommitted));

        // Again, and once more after more rows were added.
        Assert.Equal(2503, (await InsertAsync(lines, 1000)).RowsAlreadyCommitted);
        lines.InsertRange(700, Numbers(6001, 2));
        lines.AddRange(Numbers(7001, 5));
        AssertHolds(lines, await InsertAsync(lines, 1000));
    }

    [Fact]
    public async Task A_bad_line_that_was_deleted_leaves_the_others()
    {
        var lines = Numbers(1, 2500);
        lines[1200] = Bad;
        await InsertAsync(lines, 1000);
        lines.RemoveAt(1200);
        var report = await InsertAsync(lines, 1000);
        AssertHolds(lines, report);
        Assert.Equal((1500, 999), (report.RowsAlreadyCommitted, report.RowsCommitted));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1499)]
    [InlineData(2499)]
    public async Task A_committed_line_that_was_deleted_is_reported_and_stays(int at)
    {
        await InsertAsync(Numbers(1, 2500), 1000);
        var lines = Numbers(1, 2500);
        lines.RemoveAt(at);
        var report = await InsertAsync(lines, 1000);
        Assert.Equal((2499, 1, 0, 0), (report.RowsAlreadyCommitted, report.RowsRemoved, report.RowsCommitted, report.RowsChanged));
        Assert.Equal(2500, _ledger.Table.Count);
    }

    [Fact]
    public async Task A_file_whose_head_was_cut_off_goes_on()
    {
        await InsertAsync(Numbers(1, 5000), 1000);
        var report = await InsertAsync(Numbers(1001, 4500), 1000);
        Assert.Equal((4000, 500, 1000), (report.RowsAlreadyCommitted, report.RowsCommitted, report.RowsRemoved));
        Assert.Equal(5500, _ledger.Table.Distinct().Count());
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
        Assert.Equal(3000, _ledger.Table.Count);
    }

    [Fact]
    public async Task Mended_records_that_went_in_as_a_file_of_their_own_do_not_go_in_with_the_mended_file_as_well()
    {
        var lines = Numbers(1, 2500);
        lines[1200] = Bad;
        await InsertAsync(lines, 1000);
        await InsertTextAsync((await File.ReadAllTextAsync(Rejected)).Replace(Bad, "1201", StringComparison.Ordinal));
        Assert.Equal(2500, _ledger.Table.Count);
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
        _ledger.KeepsIdsAlone = true;
        await foreach (var chunk in RecordReader.ReadAsync(RowFormat.Ndjson, file.Rewound(), CsvDialect.Default, limits, CancellationToken.None))
        {
            if (chunk.Number != 1)
                await _ledger.InsertAsync(Events, chunk.Encode()!, new() { Id = new Coordinator.Intents.IntentId(origin, chunk.Number) });
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
        Assert.Equal(4, _ledger.Table.Count);
    }

    [Fact]
    public async Task A_JSON_array_and_the_same_objects_line_by_line_are_one_file()
    {
        await InsertTextAsync("[{\"n\":1},{\"n\":2} , {\"n\":3}]", RowFormat.Json);
        Assert.Equal((3, 1), Both(await InsertTextAsync("{\"n\":1}\n{\"n\":2}\r\n{\"n\":3}\n{\"n\":4}")));
    }

    /// <summary>Any sequence of crashes, corrections, insertions and appends ends with each record once. A part that changed several times
    /// within one intent may be reported instead of inserted, but is never doubled.</summary>
    [Fact]
    public Task Each_record_is_in_the_table_once_however_the_file_was_changed_between_runs() => Gen.Int.SampleAsync(
        async seed =>
        {
            var random = new Random(seed);
            var ledger = new FakeLedger { Refuses = static n => n == Bad };
            var story = new StringBuilder();
            var next = 1;
            var ended = true;
            var lines = More(random.Next(20, 60));
            for (var step = 0; step < 7; step++)
            {
                var isLast = step == 6;
                // One or two records alone do not identify a changed file, and neither does an intent that was cut in several places before
                // its parts were known.
                if (!isLast && ended && random.Next(2) == 0 && ledger.Table.Count is 0 or >= 4)
                    lines.InsertRange(random.Next(lines.Count + 1), More(random.Next(1, 12)));
                var bad = !isLast && random.Next(2) == 0 ? random.Next(lines.Count) : -1;
                var run = bad < 0 ? lines : [.. lines.Select((line, i) => i == bad && !ledger.Table.Contains(line) ? Bad : line)];
                var dies = !isLast && random.Next(3) == 0 ? random.Next(6) : int.MaxValue;
                ledger.DiesAfter = dies == int.MaxValue ? dies : ledger.Sent.Count + dies;
                var rows = random.Next(4, 20);
                var report = await RunAsync(ledger, TextOf(run), RowFormat.Ndjson, rows, null, again: false);
                ended = report is not null;
                story.AppendLine($"{string.Join(' ', run)}\n  by {rows}, dies after {dies}: {report}");
                story.AppendLine($"  table: {string.Join(' ', ledger.Table)}\n  ids: {string.Join(' ', ledger.Sent)}");
                Assert.True(ledger.Table.Distinct().Count() == ledger.Table.Count, $"Seed {seed}: a record is in the table twice.\n{story}");
                if (report is { RowsChanged: > 0 }) return;
                if (isLast)
                    Assert.True(report!.IsDone && ledger.Table.Order().SequenceEqual(lines.Order()), $"Seed {seed}: a record is missing.\n{story}");
            }

            List<string> More(int count) => [.. Enumerable.Range(0, count).Select(_ => $"{next++}")];
        },
        iter: 300);

    /// <summary>One intent of the old file is complete in the new one. The part of another intent before it must not be inserted
    /// twice.</summary>
    [Fact]
    public async Task A_window_that_rolled_on_by_half_doubles_nothing()
    {
        for (var first = 0; first < 100_000; first += 10_000)
        {
            await InsertAsync(Numbers(first, 3000), rows: 1000);
            var report = await InsertAsync(Numbers(first + 1500, 3000), rows: 1000);
            Assert.Equal((first, 1000, 1500), (first, report.RowsAlreadyCommitted, report.RowsCommitted));
            Assert.Equal(new ChangedRows(1, 500, 500, false), Assert.Single(report.Changed));
        }
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(0, 0)]
    [InlineData(40, 7)]
    public async Task Where_several_records_of_an_intent_are_gone_all_that_may_be_new_is_saved_apart(int at, int added)
    {
        var lines = Numbers(0, 300);
        await InsertAsync(lines, rows: 150);
        lines.RemoveRange(at, 2);
        lines.InsertRange(at, Numbers(6000, added));
        var report = await InsertAsync(lines, rows: 150);

        Assert.Equal((150, 0), (report.RowsAlreadyCommitted, report.RowsCommitted));
        Assert.False(report.IsDone);
        Assert.Equal("", await File.ReadAllTextAsync(Rejected));
        Assert.Equal(Rejected + ".doubtful", report.DoubtfulTo);
        var saved = await File.ReadAllLinesAsync(report.DoubtfulTo!);
        Assert.Equal(report.RowsChanged, saved.Length);
        Assert.Equal(lines.Take(148 + added).Select(Line), saved);
    }

    private static (long Already, long Committed) Both(InsertReport report) => (report.RowsAlreadyCommitted, report.RowsCommitted);

    private static List<string> Numbers(int from, int count) => [.. Enumerable.Range(from, count).Select(static n => $"{n}")];

    private static string Line(string n) => $$"""{"n":{{n}}}""";

    private static string TextOf(IEnumerable<string> lines) => string.Concat(lines.Select(static n => Line(n) + "\n"));

    private static Task<InputFile> FileOf(string text) =>
        InputFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test", null, CancellationToken.None);

    /// <summary>One run of the command; null if it crashed.</summary>
    private static async Task<InsertReport?> RunAsync(FakeLedger ledger, string text, RowFormat format, int rows, string? rejectedTo, bool again)
    {
        await using var file = await FileOf(text);
        var input = new InputText(file, format, CsvDialect.Default);
        await using var rejected = rejectedTo is null
            ? null
            : await RejectedRecords.CreateAsync(rejectedTo, input, isKeptEmpty: true, CancellationToken.None);
        await using var doubtful = rejectedTo is null
            ? null
            : await RejectedRecords.CreateAsync(rejectedTo + RejectedRecords.DoubtfulSuffix, input, isKeptEmpty: false, CancellationToken.None);
        var search = new LineageSearch(ledger, Events, input, new ChunkLimits(rows, 1024 * 1024), null, CancellationToken.None);
        var run = new InsertRun(ledger, Events, input, await (again ? search.PlanAgainAsync() : search.PlanAsync()))
        {
            RejectedTo = rejected,
            DoubtfulTo = doubtful
        };
        try
        {
            await run.RunAsync(CancellationToken.None);
        }
        catch (SiloUnavailableException)
        {
            return null;
        }

        var report = run.Report(TimeSpan.FromSeconds(1));
        Assert.Null(report.Unaccounted);
        return report;
    }

    private string Rejected => Path.Combine(_folder, "rejected");

    private Task<InsertReport> InsertAsync(List<string> lines, int rows, bool again = false) =>
        InsertTextAsync(TextOf(lines), RowFormat.Ndjson, rows, again);

    private async Task<InsertReport> InsertTextAsync(string text, RowFormat format = RowFormat.Ndjson, int rows = 1000, bool again = false) =>
        (await RunAsync(_ledger, text, format, rows, Rejected, again))!;

    private void AssertHolds(List<string> lines, InsertReport report)
    {
        Assert.Equal(lines.Order(), _ledger.Table.Order());
        Assert.True(report.IsDone);
        Assert.Equal(lines.Count, report.Rows);
    }
}
