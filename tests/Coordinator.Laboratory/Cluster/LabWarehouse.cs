using Coordinator.RedshiftSimulator;
using Npgsql;

namespace Coordinator.Laboratory.Cluster;

/// <summary>The warehouse of silos, readers and uncoordinated writers: PostgreSQL, or a Redshift simulator in front of it.</summary>
internal sealed class LabWarehouse : IAsyncDisposable
{
    // As on Redshift, a commit takes much longer than a statement and few run at once. With Redshift's hundreds of milliseconds a run would
    // have too few transactions.
    private const int ConcurrentCommits = 4;
    private static readonly TimeSpan CommitLatency = TimeSpan.FromMilliseconds(50);

    private readonly string _connectionString;

    public LabWarehouse(WarehouseKind kind, string postgres)
    {
        if (kind != WarehouseKind.Postgres)
        {
            Redshift = RedshiftServer.Start(new SimulatorOptions
            {
                Upstream = postgres,
                Isolation = kind == WarehouseKind.RedshiftSnapshot ? IsolationLevel.Snapshot : IsolationLevel.Serializable,
                CommitLatency = CommitLatency,
                ConcurrentCommits = ConcurrentCommits,
            });
        }

        _connectionString = Redshift?.ConnectionString(postgres) ?? postgres;
        Source = NpgsqlDataSource.Create(_connectionString + ";Application Name=laboratory;Maximum Pool Size=64");
    }

    /// <summary>The simulator; null with PostgreSQL.</summary>
    public RedshiftServer? Redshift { get; }

    /// <summary>Connections for readers and writers that bypass the coordinator.</summary>
    public NpgsqlDataSource Source { get; }

    public IReadOnlyDictionary<string, string?> SiloSettings => new Dictionary<string, string?>
    {
        ["Coordinator:Warehouse:Provider"] = Redshift is null ? "Postgres" : "Redshift",
        ["Coordinator:Warehouse:ConnectionString"] = _connectionString,
    };

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (Redshift is not null) await Redshift.DisposeAsync();
    }
}
