using System.CommandLine;
using Coordinator.Laboratory;
using Coordinator.Laboratory.Cycle;
using Coordinator.Laboratory.LongUpdate;
using Coordinator.Laboratory.SchemaChanges;

return await new RootCommand("Loads and breaks clusters of Coordinator on purpose, with real processes.")
{
    DuplicatesCommand.Create(),
    CycleCommand.Create(),
    LongUpdateCommand.Create(),
    SchemaChangesCommand.Create(),
}.Parse(args).InvokeAsync();
