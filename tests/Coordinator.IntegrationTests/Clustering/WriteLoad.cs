using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Coordinator.Client;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.IntegrationTests.Clustering;

/// <summary>Callers that insert row after row into a few tables until they are stopped, and the outcomes.</summary>
internal sealed class WriteLoad : IAsyncDisposable
{
    public const string Ddl = """
        CREATE TABLE load_0 (id bigint); CREATE TABLE load_1 (id bigint); CREATE TABLE load_2 (id bigint); CREATE TABLE load_3 (id bigint)
        """;

    private const int Tables = 4;
    private const int Callers = 24;

    // Frequent enough to cover every moment of an outage, and rare enough to leave the machine to the silos.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly RowSchema Schema = new(("id", ColumnType.Int64));

    private readonly ICoordinatorClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _callers;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<(TimeSpan At, int Table, TimeSpan Took)> _answers = new();
    private long _rows;

    public WriteLoad(ICoordinatorClient client)
    {
        _client = client;
        _callers = [.. Enumerable.Range(0, Callers).Select(i => Task.Run(() => CallAsync(i % Tables)))];
    }

    public ConcurrentQueue<string> Failures { get; } = new();

    public long Answered => Interlocked.Read(ref _rows);

    /// <summary>The time since the load began.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    public static string Name(int table) => string.Create(CultureInfo.InvariantCulture, $"load_{table}");

    /// <summary>Stops the load once every caller has its last answer.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
    }

    /// <summary>The longest latency of an intent that was answered after the given time, by table.</summary>
    public string Longest(TimeSpan since = default) => string.Join(", ", Enumerable.Range(0, Tables).Select(table =>
    {
        var (at, _, took) = _answers.Where(a => a.Table == table && a.At >= since).DefaultIfEmpty().MaxBy(static a => a.Took);
        return string.Create(CultureInfo.InvariantCulture, $"{Name(table)} {took.TotalSeconds:0.00} s (until {at.TotalSeconds:0.0})");
    }));

    /// <summary>Asserts that every row is in its table exactly once, and no other row is.</summary>
    public async Task AssertExactlyOnceAsync(SiloCluster cluster)
    {
        Assert.Empty(Failures);
        long rows = 0;
        for (var table = 0; table < Tables; table++)
        {
            Assert.Equal(0L, await cluster.ScalarAsync<long>($"SELECT count(*) - count(DISTINCT id) FROM {Name(table)}"));
            rows += await cluster.ScalarAsync<long>($"SELECT count(*) FROM {Name(table)}");
        }

        Assert.Equal(Answered, rows);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task CallAsync(int table)
    {
        var name = TableName.Parse(Name(table));
        while (!_stop.IsCancellationRequested)
        {
            var builder = new RowBlockBuilder(Schema);
            builder[0].Append(Interlocked.Increment(ref _rows));
            var started = Stopwatch.GetTimestamp();
            try
            {
                var receipt = await _client.InsertAsync(name, builder.Build());
                if (receipt.Status is not (WriteStatus.Committed or WriteStatus.AlreadyCommitted)) Failures.Enqueue(receipt.ToString());
            }
            catch (Exception failure)
            {
                Failures.Enqueue(string.Create(CultureInfo.InvariantCulture, $"at {Now.TotalSeconds:0.0} s: {failure}"));
            }

            _answers.Enqueue((Now, table, Stopwatch.GetElapsedTime(started)));
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
