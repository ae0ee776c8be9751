using System.Collections.Concurrent;
using Coordinator.Client;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;

namespace Coordinator.Laboratory.Load;

/// <summary>Writers through the SDK: a steady load on every table from every client.</summary>
internal sealed class WriteLoad : IAsyncDisposable
{
    private static readonly RowSchema Schema = new(("id", ColumnType.Int64));

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly TimeSpan _pace;
    private readonly Task _writing;
    private long _lastId;

    /// <param name="clients">Each has writers of its own.</param>
    /// <param name="tables">Tables of one column, <c>id bigint</c>.</param>
    /// <param name="writers">How many write into each table at once, of each client.</param>
    /// <param name="pace">How long a writer pauses after an answer.</param>
    public WriteLoad(IEnumerable<ICoordinatorClient> clients, IEnumerable<string> tables, int writers, TimeSpan pace)
    {
        _pace = pace;
        Tables = [.. tables.Select(t => new TableProgress(t, _clock))];
        var work = from client in clients
                   from table in Tables
                   from writer in Enumerable.Range(0, writers)
                   select Task.Run(() => WriteAsync(client, table));
        _writing = Task.WhenAll(work.ToList());
    }

    public IReadOnlyList<TableProgress> Tables { get; }

    /// <summary>Intents that the SDK gave up or that were rejected. None are expected.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Intents whose receipt said committed.</summary>
    public int Committed => Tables.Sum(static t => t.Count);

    /// <summary>The longest time that any table had no receipt since the window began.</summary>
    public TimeSpan LongestStall => Tables.Max(static t => t.LongestStall);

    public void BeginWindow()
    {
        foreach (var table in Tables) table.BeginWindow();
    }

    /// <summary>Waits until every table has a new receipt.</summary>
    public async Task AllMoveAsync(TimeSpan limit, CancellationToken ct)
    {
        var now = _clock.GetTimestamp();
        await Eventually.TrueAsync("every table gets receipts again", () => Tables.All(t => t.HasMovedSince(now)), limit, ct);
    }

    /// <summary>Waits for the intents under way, and sends no more.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _writing;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private async Task WriteAsync(ICoordinatorClient client, TableProgress progress)
    {
        var table = TableName.Parse(progress.Table);
        while (!_stopping.IsCancellationRequested)
        {
            var id = Interlocked.Increment(ref _lastId);
            var rows = new RowBlockBuilder(Schema);
            rows[0].Append(id);
            try
            {
                var receipt = await client.InsertAsync(table, rows.Build());
                if (receipt.IsCommitted) progress.OnReceipt(id);
                else _failures.Enqueue($"{table}: {receipt.Status} {string.Join("; ", receipt.Errors)}");
            }
            catch (Exception failure)
            {
                _failures.Enqueue($"{table}: {failure.GetType().Name}: {failure.Message}");
            }

            await Task.Delay(_pace, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
