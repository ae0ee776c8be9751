using System.CommandLine;
using Coordinator.Laboratory;
using Coordinator.Laboratory.Cycle;

return await new RootCommand("Breaks clusters of Coordinator on purpose, with real processes in network namespaces.")
{
    DuplicatesCommand.Create(),
    CycleCommand.Create(),
}.Parse(args).InvokeAsync();
