using System.CommandLine;
using Coordinator.Laboratory;
using Coordinator.Laboratory.Cycle;
using Coordinator.Laboratory.LongUpdate;

return await new RootCommand("Loads and breaks clusters of Coordinator on purpose, with real processes.")
{
    DuplicatesCommand.Create(),
    CycleCommand.Create(),
    LongUpdateCommand.Create(),
}.Parse(args).InvokeAsync();
