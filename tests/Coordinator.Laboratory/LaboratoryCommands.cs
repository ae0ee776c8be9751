using System.CommandLine;
using Coordinator.Laboratory.Chaos;
using Coordinator.Laboratory.Chaos.Broken;
using Coordinator.Laboratory.Cycle;
using Coordinator.Laboratory.Holes;
using Coordinator.Laboratory.LongUpdate;
using Coordinator.Laboratory.SchemaChanges;
using Coordinator.Laboratory.Soak;
using Coordinator.Laboratory.Soak.Callers;

namespace Coordinator.Laboratory;

/// <summary>The laboratory's command line.</summary>
public static class LaboratoryCommands
{
    /// <summary>All its verbs.</summary>
    public static RootCommand Root() => new("Loads and breaks clusters of Coordinator on purpose, with real processes.")
    {
        DuplicatesCommand.Create(),
        CycleCommand.Create(),
        LongUpdateCommand.Create(),
        HolesCommand.Create(),
        SchemaChangesCommand.Create(),
        ChaosCommand.Create(),
        BrokenSiloCommand.Create(),
        SoakCommand.Create(),
        CallersCommand.Create(),
    };
}
