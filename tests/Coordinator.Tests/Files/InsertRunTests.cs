using System.Text;
using Coordinator.Files.Input;
using Coordinator.Files.Inserting;
using Coordinator.Files.Lineages;
using Coordinator.Files.Records;
using Coordinator.Files.Reports;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;
using Coordinator.Tests.Client;
using SiloUnavailableException = Coordinator.Errors.SiloUnavailableException;

namespace Coordinator.Tests.Files;

public sealed class InsertRunTests : IDisposable
{
    private static readonly TableName Events = TableName.Parse("events");
    private readonly string _folder = Directory.CreateTempSubdirectory("coordinator-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_that_finds_nothing_in_the_ledger_yet_submits_the_same_ids_as_the_one_before_and_reports_them_as_committed_already()
    {
        var ledger = new HashSet<IntentId>();
        var client = new FakeClient((id, rows) =>
        {
            lock (ledger)
                return Task.FromResult(new WriteReceipt
                {
                    Id = id,
                    Status = ledger.Add(id) ? WriteStatus.Committed : WriteStatus.AlreadyCommitted,
                    Rows = rows.RowCount
                });
        });
        var file = Lines(10);
        var (first, second) = (await RunAsync(client, file), await RunAsync(client, file));
        Assert.Equal((10, 4, 4, 0), (first.Rows, first.Intents, first.Committed, first.AlreadyCommitted));
        Assert.Equal((10, 4, 0, 4), (second.Rows, second.Intents, second.Committed, second.AlreadyCommitted));
        Assert.Equal(10, second.RowsAlreadyCommitted);
        Assert.Equal([1L, 4L, 7L, 10L], ledger.Select(static i => i.Sequence).Order());
    }

    [Fact]
    public async Task A_rejection_names_the_rows_of_the_file_and_the_others_commit()
    {
        var client = new FakeClient((id, rows) => Task.FromResult(id.Sequence == 7
            ? WriteReceipt.Rejected(id, new RowError(2, "n", "too large"))
            : FakeClient.Committed(id, rows)));
        var report = await RunAsync(client, "\n" + Lines(10));
        Assert.Equal(new RowError(9, "n", "too large"), Assert.Single(report.Rejected));
        Assert.Equal(new RowRange(8, 10, 3), Assert.Single(report.NotWritten));
        Assert.Equal((3, 7, 3), (report.Committed, report.RowsCommitted, report.RowsNotWritten));
    }

    [Fact]
    public async Task A_rejection_of_a_whole_intent_stands_at_its_first_row_and_names_its_rows()
    {
        var client = new FakeClient((id, rows) => Task.FromResult(id.Sequence >= 7
            ? WriteReceipt.Rejected(id, RowError.OfIntent("there is no such table"))
            : FakeClient.Committed(id, rows)));
        var report = await RunAsync(client, Lines(10));
        Assert.Equal([new RowError(7, "", "Rows 7 to 9: there is no such table"), new RowError(10, "", "there is no such table")], report.Rejected);
    }

    [Theory]
    [InlineData("Ndjson", "{\"n\":1}\n{\"n\" 2}\n{\"n\":3}\n", "{\"n\" 2}\n")]
    [InlineData("Csv", "n,m\n1,1\n2\n3,3\n", "\"n\",\"m\"\n2\n")]
    [InlineData("Json", "[{\"n\":1},7,{\"n\":3}]", "[\n7\n]\n")]
    [InlineData("Json", "[{\"n\":1},{\"n\":3}]", "[]\n")]
    [InlineData("Ndjson", "{\"n\":1}\n", "")]
    public async Task Records_of_rejected_intents_go_to_a_file_in_their_own_format(string formatName, string content, string expected)
    {
        var format = Enum.Parse<RowFormat>(formatName);
        var path = Path.Combine(_folder, "mend");
        var client = new FakeClient((id, rows) => Task.FromResult(FakeClient.Committed(id, rows)));
        await using var file = await FileOf(content);
        var input = new InputText(file, format, CsvDialect.Default);
        await using (var rejected = await RejectedRecords.CreateAsync(path, input, isKeptEmpty: true, CancellationToken.None))
        {
            var plan = await new LineageSearch(client, Events, input, new ChunkLimits(1, 1000), null, CancellationToken.None).PlanAsync();
            var run = new InsertRun(client, Events, input, plan) { RejectedTo = rejected };
            await run.RunAsync(CancellationToken.None);
            Assert.Null(run.Report(TimeSpan.Zero).Unaccounted);
        }

        Assert.Equal(expected, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task An_unavailable_silo_ends_the_run()
    {
        var client = new FakeClient((id, rows) => id.Sequence == 4
            ? Task.FromException<WriteReceipt>(new SiloUnavailableException("away"))
            : Task.FromResult(FakeClient.Committed(id, rows)));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => RunAsync(client, Lines(10)));
    }

    [Fact]
    public async Task Only_so_many_chunks_are_on_their_way()
    {
        var client = new FakeClient();
        var run = RunAsync(client, Lines(1000));
        for (var i = 0; i < 16; i++) await client.Arrived.WaitAsync();
        Assert.Equal(16, client.Inserts.Count);
        for (var answered = 0; answered < 334; answered++)
        {
            if (answered >= 16) await client.Arrived.WaitAsync();
            Assert.True(client.Inserts.TryDequeue(out var insert));
            insert.Answer.SetResult(FakeClient.Committed(insert.Id, insert.Rows));
        }

        Assert.Equal(1000, (await run).RowsCommitted);
    }

    private static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(static i => $$"""{"n":{{i}}}""" + "\n"));

    private static async Task<InsertReport> RunAsync(FakeClient client, string content)
    {
        await using var file = await FileOf(content);
        var input = new InputText(file, RowFormat.Ndjson, CsvDialect.Default);
        var run = new InsertRun(client, Events, input,
            await new LineageSearch(client, Events, input, new ChunkLimits(3, 1024), null, CancellationToken.None).PlanAsync());
        await run.RunAsync(CancellationToken.None);
        var report = run.Report(TimeSpan.FromSeconds(1));
        Assert.Null(report.Unaccounted);
        return report;
    }

    private static Task<InputFile> FileOf(string content) =>
        InputFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), "test", null, CancellationToken.None);
}
