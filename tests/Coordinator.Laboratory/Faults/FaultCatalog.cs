namespace Coordinator.Laboratory.Faults;

/// <summary>All faults, in the order of the report.</summary>
internal static class FaultCatalog
{
    public static IReadOnlyList<IFault> All { get; } =
    [
        new RollingRestart(),
        new UnrelatedStop(),
        new Kill(),
        new PauseSilo(),
        new CutFromPeers(),
        new CutFromMemcached(),
        new CutFromAll(),
        new RestartMemcached(),
        new FlushMemcached(),
        new PauseMemcached(),
        new FillMemcached(),
    ];
}
