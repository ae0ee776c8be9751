using System.Reflection;
using Coordinator.Laboratory.Chaos.Broken;
using Coordinator.Laboratory.Chaos.Faults;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Laboratory.Chaos.Planning;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Chaos;

/// <summary>The settings of one run.</summary>
/// <param name="Seed">Decides the schedule.</param>
/// <param name="Length">When the last fault is over.</param>
/// <param name="Faults">What may strike.</param>
/// <param name="Breakage">What is wrong with the silos on purpose; null for silo-host.</param>
/// <param name="Logs">The folder for logs and calls of a run with findings; null for none.</param>
internal sealed record ChaosSettings(int Seed, TimeSpan Length, IReadOnlyList<IChaosFault> Faults, BreakageKind? Breakage, string? Logs)
{
    private const int Silos = 3;

    /// <summary>The last table is written by updates, the others by inserts.</summary>
    private const int Tables = 6;

    private const string Password = "one-password";

    /// <summary>How long every fault lasts at least.</summary>
    public TimeSpan AtLeast { get; init; }

    public LabSettings Lab => new()
    {
        Lock = LockMode.Proceed,
        Silos = Silos,
        Tables = Tables,
        Clients = 2,
        TransactionTime = TimeSpan.FromMilliseconds(20),
        Columns = ChaosRow.Columns,
        Password = Password,
        HasFakeClocks = Faults.OfType<SetClock>().Any(),
        IsMemcachedOld = true,
        LockLog = "Information",
        Program = Breakage is { } breakage ? [Assembly.GetExecutingAssembly().Location, BrokenSiloCommand.Name, breakage.ToString()] : [],
    };

    public IReadOnlyList<PlannedFault> Schedule => ChaosSchedule.Create(Seed, Length, Faults, Silos, Tables - 1, AtLeast);
}
