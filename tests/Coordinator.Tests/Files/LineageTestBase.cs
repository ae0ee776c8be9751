using System.Text;
using Coordinator.Files.Input;
using Coordinator.Files.Inserting;
using Coordinator.Files.Lineages;
using Coordinator.Files.Records;
using Coordinator.Files.Reports;
using Coordinator.Tables;
using SiloUnavailableException = Coordinator.Errors.SiloUnavailableException;

namespace Coordinator.Tests.Files;

/// <summary>Runs of insert with one file in several versions, over a ledger in memory.</summary>
public abstract class LineageTestBase : IAsyncLifetime
{
    private protected const string Bad = "\"bad\"";

    private protected static readonly TableName Events = TableName.Parse("events");

    private readonly string _folder = Directory.CreateTempSubdirectory("coordinator-tests-").FullName;

    private protected FakeLedger Ledger { get; } = new() { Refuses = static n => n == Bad };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private protected static List<string> Numbers(int from, int count) => [.. Enumerable.Range(from, count).Select(static n => $"{n}")];

    private protected static string Line(string n) => $$"""{"n":{{n}}}""";

    private protected static string TextOf(IEnumerable<string> lines) => string.Concat(lines.Select(static n => Line(n) + "\n"));

    private protected static Task<InputFile> FileOf(string text) =>
        InputFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test", null, CancellationToken.None);

    /// <summary>One run of the command; null if it crashed.</summary>
    private protected static async Task<InsertReport?> RunAsync(
        FakeLedger ledger, string text, RowFormat format, int rows, string? rejectedTo, bool again)
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
            DoubtfulTo = doubtful,
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

    private protected string Rejected => Path.Combine(_folder, "rejected");

    private protected Task<InsertReport> InsertAsync(List<string> lines, int rows, bool again = false) =>
        InsertTextAsync(TextOf(lines), RowFormat.Ndjson, rows, again);

    private protected async Task<InsertReport> InsertTextAsync(
        string text, RowFormat format = RowFormat.Ndjson, int rows = 1000, bool again = false) =>
        (await RunAsync(Ledger, text, format, rows, Rejected, again))!;

    private protected void AssertHolds(List<string> lines, InsertReport report)
    {
        Assert.Equal(lines.Order(), Ledger.Table.Order());
        Assert.True(report.IsDone);
        Assert.Equal(lines.Count, report.Rows);
    }
}
