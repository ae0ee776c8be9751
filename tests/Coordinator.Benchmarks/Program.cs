using System.CommandLine;
using Coordinator.Benchmarks.Ingest;
using Coordinator.Benchmarks.Leases;

return await new RootCommand("Measures Coordinator with real servers in processes of their own.")
{
    IngestCommand.Create(),
    LoadCommand.Create(),
    LeasesCommand.Create(),
    FilterCommand.Create(),
    SimulateLeasesCommand.Create(),
}.Parse(args).InvokeAsync();
