using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Cycle;

/// <summary>The size of a cycle workload.</summary>
internal sealed record CycleSettings
{
    /// <summary>The maximum number of tables that the evidence can distinguish.</summary>
    public const int MostTables = 64;

    public WarehouseKind Warehouse { get; init; }

    /// <summary>Whether an incremental job runs too. It runs on Redshift, where SNAPSHOT produces wrong figures instead of failures.</summary>
    public bool HasIncrements => Warehouse != WarehouseKind.Postgres;

    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Decides every table set, row and fault, but not their timing.</summary>
    public int Seed { get; init; } = 1;

    public int Tables { get; init; } = 20;

    public int Inserters { get; init; } = 16;

    public int Jobs { get; init; } = 12;

    public int Readers { get; init; } = 4;

    public int Silos { get; init; } = 3;

    /// <summary>Whether silos are killed and restarted during the run.</summary>
    public bool Faults { get; init; }

    /// <summary>Whether the same workload runs without the coordinator first, for comparison.</summary>
    public bool Uncoordinated { get; init; }

    /// <summary>The folder for the logs of silos and PostgreSQL; null for none.</summary>
    public string? Logs { get; init; }
}
