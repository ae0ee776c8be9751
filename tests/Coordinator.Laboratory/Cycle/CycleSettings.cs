using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Cycle;

/// <summary>The size of a cycle workload.</summary>
internal sealed record CycleSettings
{
    /// <summary>The most tables that are told apart in the evidence.</summary>
    public const int MostTables = 64;

    public WarehouseKind Warehouse { get; init; }

    /// <summary>Whether an incremental job runs beside the others: on Redshift, where under SNAPSHOT wrong figures are what is left of the failures.</summary>
    public bool HasIncrements => Warehouse != WarehouseKind.Postgres;

    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Decides every table set, row and fault; not when they meet.</summary>
    public int Seed { get; init; } = 1;

    public int Tables { get; init; } = 20;

    public int Inserters { get; init; } = 16;

    public int Jobs { get; init; } = 12;

    public int Readers { get; init; } = 4;

    public int Silos { get; init; } = 3;

    /// <summary>Whether silos are killed and restarted meanwhile.</summary>
    public bool Faults { get; init; }

    /// <summary>Whether the same is done without a coordinator first, for comparison.</summary>
    public bool Uncoordinated { get; init; }

    /// <summary>Where the logs of silos and PostgreSQL are left; null for nowhere.</summary>
    public string? Logs { get; init; }
}
