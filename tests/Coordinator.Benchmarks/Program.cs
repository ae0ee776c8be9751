using System.CommandLine;
using Coordinator.Benchmarks.Ingest;

return await new RootCommand("Measures Coordinator with real servers in processes of their own.")
{
    IngestCommand.Create(),
    LoadCommand.Create(),
}.Parse(args).InvokeAsync();
