using System.CommandLine;
using Coordinator.Benchmarks.Contention;
using Coordinator.Benchmarks.Idle;
using Coordinator.Benchmarks.Ingest;
using Coordinator.Benchmarks.Leases;
using Coordinator.Benchmarks.Lookups;
using Coordinator.Benchmarks.Memcached;
using Coordinator.Benchmarks.Poison;
using Coordinator.Benchmarks.Reservations;
using Coordinator.Benchmarks.Schedule;
using Coordinator.Benchmarks.Staging;

namespace Coordinator.Benchmarks;

/// <summary>The benchmarks' command line.</summary>
public static class BenchmarkCommands
{
    /// <summary>All its verbs.</summary>
    public static RootCommand Root() => new("Measures Coordinator with real servers in processes of their own.")
    {
        IngestCommand.Create(),
        LoadCommand.Create(),
        IdleCommand.Create(),
        IdleSiloCommand.Create(),
        ScheduleCommand.Create(),
        StagedCommand.Create(),
        StagingFormatsCommand.Create(),
        MemcachedCommand.Create(),
        FuzzMemcachedCommand.Create(),
        LeasesCommand.Create(),
        FilterCommand.Create(),
        AccountingCommand.Create(),
        LookupsCommand.Create(),
        KeylessCommand.Create(),
        PoisonCommand.Create(),
        SimulateLeasesCommand.Create(),
        SimulateReservationsCommand.Create(),
    };
}
