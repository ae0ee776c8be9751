using Coordinator.Files.Reports;

namespace Coordinator.Tests.Files;

/// <summary>A second run after records of a file were edited, inserted or removed.</summary>
public sealed class LineageEditTests : LineageTestBase
{
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
        Assert.Equal(Numbers(1, count), Ledger.Table.OrderBy(int.Parse));
        Assert.Equal(Line("777777"), (await File.ReadAllTextAsync(Rejected)).Trim());

        // The corrected row is inserted alone, and after that the file is complete.
        await InsertTextAsync(await File.ReadAllTextAsync(Rejected));
        Assert.True((await InsertAsync(lines, rows)).IsDone);
        Assert.Equal(count + 1, Ledger.Table.Count);
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
        Assert.Equal(3100, Ledger.Table.Count);
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
        Assert.Equal(2500, Ledger.Table.Count);
    }

    [Fact]
    public async Task A_file_whose_head_was_cut_off_goes_on()
    {
        await InsertAsync(Numbers(1, 5000), 1000);
        var report = await InsertAsync(Numbers(1001, 4500), 1000);
        Assert.Equal((4000, 500, 1000), (report.RowsAlreadyCommitted, report.RowsCommitted, report.RowsRemoved));
        Assert.Equal(5500, Ledger.Table.Distinct().Count());
    }

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
        // Several intents are read at once, and each is saved when its fate is known.
        Assert.Equal(lines.Take(148 + added).Select(Line).Order(), saved.Order());
    }
}
