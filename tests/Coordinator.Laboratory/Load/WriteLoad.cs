using System.Collections.Concurrent;
using Coordinator.Client;
using Coordinator.Laboratory.Cluster;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coordinator.Laboratory.Load;

/// <summary>Writers through the SDK: a steady load on every table from every client.</summary>
internal sealed class WriteLoad : IAsyncDisposable
{
    private static readonly RowSchema Schema = new(("id", ColumnType.Int64));

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IHost> _hosts = [];
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly LabSettings _settings;
    private readonly TimeProvider _clock = TimeProvider.System;
    private Task _writing = Task.CompletedTask;
    private long _lastId;

    private WriteLoad(LabSettings settings)
    {
        _settings = settings;
        Tables = [.. settings.TableNames.Select(t => new TableProgress(t, _clock))];
    }

    public IReadOnlyList<TableProgress> Tables { get; }

    /// <summary>Intents that the SDK gave up or that were rejected. None are expected.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>The longest time that any table had no receipt since the window began.</summary>
    public TimeSpan LongestStall => Tables.Max(static t => t.LongestStall);

    public static async Task<WriteLoad> StartAsync(LabCluster cluster)
    {
        var load = new WriteLoad(cluster.Settings);
        for (var i = 0; i < cluster.Settings.Clients; i++) load._hosts.Add(await LabClient.ConnectAsync(cluster.ClientSettings));
        var writers = from host in load._hosts
                      let client = host.Services.GetRequiredService<ICoordinatorClient>()
                      from table in load.Tables
                      select load.WriteAsync(client, table);
        load._writing = Task.WhenAll(writers.ToList());
        return load;
    }

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
        foreach (var host in _hosts) await ((IAsyncDisposable)host).DisposeAsync();
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

            await Task.Delay(_settings.Pace, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
