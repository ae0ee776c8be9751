using System.CommandLine;
using Coordinator.Laboratory;

return await new RootCommand("Breaks clusters of Coordinator on purpose, with real processes in network namespaces.")
{
    DuplicatesCommand.Create(),
}.Parse(args).InvokeAsync();
