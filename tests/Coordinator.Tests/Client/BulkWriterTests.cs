using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Client;

public sealed class BulkWriterTests
{
    private static readonly TableName Events = TableName.Parse("events");
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Rows_leave_when_the_count_is_reached()
    {
        var client = new FakeClient();
        var writer = Writer(client, new() { MaxRows = 3 });
        for (var i = 0; i < 3; i++) await writer.AddAsync(new Row(i));
        var sent = await client.NextAsync();
        Assert.Equal([0L, 1L, 2L], Numbers(sent.Rows));
    }

    [Fact]
    public async Task Rows_leave_when_the_bytes_are_reached()
    {
        var client = new FakeClient();
        var writer = Writer(client, new() { MaxBytes = 1000 });
        await writer.AddAsync(new Row(1, new string('x', 990)));
        Assert.Single(Numbers((await client.NextAsync()).Rows));
    }

    [Fact]
    public async Task Rows_leave_when_they_lingered_long_enough()
    {
        var client = new FakeClient();
        var writer = Writer(client, new() { Linger = TimeSpan.FromSeconds(1) });
        await writer.AddAsync(new Row(1));
        _time.Advance(TimeSpan.FromSeconds(0.9));
        await writer.AddAsync(new Row(2));
        Assert.Empty(client.Inserts);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal([1L, 2L], Numbers((await client.NextAsync()).Rows));
    }

    [Fact]
    public async Task Adding_waits_while_the_limit_is_on_its_way_and_the_next_is_full()
    {
        var client = new FakeClient();
        var writer = Writer(client, new() { MaxRows = 1, MaxInFlight = 1 });
        await writer.AddAsync(new Row(1));
        await writer.AddAsync(new Row(2));
        var third = writer.AddAsync(new Row(3)).AsTask();
        Assert.False(third.IsCompleted);
        var first = await client.NextAsync();
        Assert.Empty(client.Inserts);
        first.Answer.SetResult(FakeClient.Committed(first.Id, first.Rows));
        await third.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([2L], Numbers((await client.NextAsync()).Rows));
    }

    [Fact]
    public async Task A_cancelled_wait_for_room_adds_nothing()
    {
        var client = new FakeClient();
        var writer = Writer(client, new() { MaxRows = 1, MaxInFlight = 1 });
        await writer.AddAsync(new Row(1));
        await writer.AddAsync(new Row(2));
        using var stop = new CancellationTokenSource();
        var third = writer.AddAsync(new Row(3), stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        var flush = writer.FlushAsync();
        for (var i = 0; i < 2; i++)
        {
            var sent = await client.NextAsync();
            Assert.DoesNotContain(3L, Numbers(sent.Rows));
            sent.Answer.SetResult(FakeClient.Committed(sent.Id, sent.Rows));
        }

        await flush;
    }

    [Fact]
    public async Task A_flush_waits_for_the_rows_added_before_it_and_for_no_later_ones()
    {
        var client = new FakeClient();
        var writer = Writer(client, new() { MaxRows = 10 });
        await writer.AddAsync(new Row(1));
        var flush = writer.FlushAsync();
        var sent = await client.NextAsync();
        await writer.AddAsync(new Row(2));
        Assert.False(flush.IsCompleted);
        sent.Answer.SetResult(FakeClient.Committed(sent.Id, sent.Rows));
        await flush;
        Assert.Empty(client.Inserts);
    }

    [Fact]
    public async Task A_flush_names_rejected_and_unanswered_intents_with_their_rows_and_then_forgets_them()
    {
        var outcomes = new List<BulkOutcome>();
        var client = new FakeClient((id, rows) => Numbers(rows)[0] switch
        {
            2 => Task.FromResult(WriteReceipt.Rejected(id, new RowError(1, "n", "too large"))),
            3 => Task.FromException<WriteReceipt>(new OutcomeUnknownException("who knows")),
            _ => Task.FromResult(FakeClient.Committed(id, rows)),
        });
        var writer = Writer(client, new()
        {
            MaxRows = 1,
            OnOutcome = o =>
            {
                lock (outcomes) outcomes.Add(o);
            },
        });
        for (var i = 1; i <= 4; i++) await writer.AddAsync(new Row(i));
        var e = await Assert.ThrowsAsync<BulkWriteException>(() => writer.FlushAsync());
        Assert.Equal([2L, 3L], e.Failures.Select(f => f.FirstRow).Order());
        Assert.All(e.Failures, f => Assert.NotNull(f.Rows));
        Assert.Equal(4, outcomes.Count);
        await writer.FlushAsync();
    }

    [Fact]
    public async Task A_writer_whose_intents_all_fail_refuses_more_rows_instead_of_remembering_without_end()
    {
        var client = new FakeClient((id, _) => Task.FromResult(WriteReceipt.Rejected(id, RowError.OfIntent("no such table"))));
        var writer = Writer(client, new() { MaxRows = 1 });
        var e = await Assert.ThrowsAsync<BulkWriteException>(async () =>
        {
            for (var i = 0; i < 1000; i++) await writer.AddAsync(new Row(i));
        });
        Assert.InRange(e.Failures.Count, BulkWriterOptions.MaxFailures, BulkWriterOptions.MaxFailures + 8);
    }

    [Fact]
    public async Task Disposing_sends_what_is_left_and_ends_the_writer()
    {
        var client = new FakeClient((id, rows) => Task.FromResult(FakeClient.Committed(id, rows)));
        var writer = Writer(client, new());
        await writer.AddAsync(new Row(1));
        await writer.DisposeAsync();
        Assert.Single(client.Inserts);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await writer.AddAsync(new Row(2)));
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task Many_callers_lose_no_row_and_double_none_and_ids_have_no_gap()
    {
        var client = new FakeClient(async (id, rows) =>
        {
            await Task.Yield();
            return FakeClient.Committed(id, rows);
        });
        await using (var writer = Writer(client, new() { MaxRows = 7, MaxInFlight = 3 }))
        {
            await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
            {
                for (var i = 0; i < 500; i++) await writer.AddAsync(new Row((caller * 500) + i));
            })));
        }

        Assert.Equal(Enumerable.Range(0, 8000).Select(static i => (long)i), client.Inserts.SelectMany(static i => Numbers(i.Rows)).Order());
        Assert.Equal(Enumerable.Range(0, client.Inserts.Count).Select(static i => (long)i), client.Inserts.Select(static i => i.Id.Sequence).Order());
    }

    [Fact]
    public void Every_limit_out_of_range_is_named()
    {
        var e = Assert.Throws<ArgumentException>(() =>
            Writer(new FakeClient(), new() { MaxRows = 0, MaxBytes = 0, MaxInFlight = 0, Linger = TimeSpan.FromSeconds(-1) }));
        foreach (var name in new[] { "MaxRows", "MaxBytes", "MaxInFlight", "Linger" }) Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    private static List<long> Numbers(RowBlock rows) => [.. Enumerable.Range(0, rows.RowCount).Select(i => rows.Column(0).Int64(i))];

    private BulkWriter<Row> Writer(FakeClient client, BulkWriterOptions options) => new(client, Events, options, _time);

    public sealed record Row(long N, string Text = "");
}
