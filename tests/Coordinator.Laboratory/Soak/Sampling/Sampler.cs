using System.Globalization;
using Coordinator.Laboratory.Evidence;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Laboratory.Soak.Sampling;

/// <summary>Takes samples of all processes of a run.</summary>
internal sealed class Sampler(
    IReadOnlyList<HostPlace> hosts, MemcachedServer memcached, PostgresServer postgres, NpgsqlDataSource evidence, TimeProvider clock) : IDisposable
{
    public const string Postgres = "PostgreSQL";

    private const string Memcached = "memcached";
    private const double BytesPerMegabyte = 1024 * 1024;
    private const string HeapMetric = "dotnet_gc_last_collection_heap_size_bytes";
    private const string ActivationsMetric = "coordinator_table_active";

    // "evidence" is the laboratory's own.
    private const string CountSessions =
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> 'evidence'";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>All samples so far.</summary>
    public SampleSeries Series { get; } = new();

    /// <summary>The processor time of all processes since their starts.</summary>
    public double CpuSeconds() => hosts.Select(static h => h.Pid).Append(memcached.Pid).Sum(static pid => ProcessFiles.Read(pid)?.CpuSeconds ?? 0)
        + (ProcessFiles.ReadTree(postgres.Pid)?.CpuSeconds ?? 0);

    public async Task SampleAsync(CancellationToken ct)
    {
        foreach (var host in hosts) await SampleAsync(host, ct);
        if (ProcessFiles.Read(memcached.Pid) is { } cache)
        {
            Add(Memcached, cache);
            Series.Add(Memcached, Measure.Memory, cache.ResidentMb);
        }

        var stats = await memcached.StatsAsync(ct: ct);
        Series.Add(Memcached, Measure.Items, double.Parse(stats["curr_items"], CultureInfo.InvariantCulture));
        Series.Add(Memcached, Measure.Sessions, double.Parse(stats["curr_connections"], CultureInfo.InvariantCulture));
        await using var count = evidence.CreateCommand(CountSessions);
        var sessions = (long)(await count.ExecuteScalarAsync(ct))!;
        Series.Add(Postgres, Measure.Sessions, sessions);
        if (ProcessFiles.ReadTree(postgres.Pid) is not { } warehouse) return;
        Add(Postgres, warehouse);
        Series.Add(Postgres, Measure.SessionMemory, warehouse.AnonymousMb / sessions);
    }

    /// <summary>Has all hosts collect their garbage, and samples their heaps.</summary>
    public async Task SampleHeapsAsync(CancellationToken ct)
    {
        await Task.WhenAll(hosts.Select(host => FullCollection.RunAsync(host.Pid, clock, ct)));
        foreach (var host in hosts)
        {
            if (await MetricsAsync(host, ct) is { } metrics && MetricsText.Sum(metrics, HeapMetric) is { } heap)
                Series.Add(host.Name, Measure.Heap, heap / BytesPerMegabyte);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task SampleAsync(HostPlace host, CancellationToken ct)
    {
        if (ProcessFiles.Read(host.Pid) is not { } figures) return;
        Add(host.Name, figures);
        Series.Add(host.Name, Measure.Memory, figures.ResidentMb);
        if (await MetricsAsync(host, ct) is { } metrics && MetricsText.Sum(metrics, ActivationsMetric) is { } activations)
            Series.Add(host.Name, Measure.Activations, activations);
    }

    /// <summary>Null if a starved machine does not answer in time.</summary>
    private async Task<string?> MetricsAsync(HostPlace host, CancellationToken ct)
    {
        try
        {
            return await _http.GetStringAsync(new Uri(host.Url, "metrics"), ct);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Add(string process, ProcessFigures figures)
    {
        Series.Add(process, Measure.Descriptors, figures.Descriptors);
        Series.Add(process, Measure.Threads, figures.Threads);
        Series.Add(process, Measure.Connections, figures.Connections);
    }
}
