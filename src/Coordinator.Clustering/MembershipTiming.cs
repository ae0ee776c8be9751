using Orleans.Configuration;

namespace Coordinator.Clustering;

/// <summary>How soon a dead silo is detected. With Orleans' defaults its tables would have no writer for half a minute. These values detect it
/// within 8 s, while a busy silo has three probes of at least 1.5 s each to answer, longer if the probing silo is busy itself, and the last
/// probe goes through a third silo.</summary>
internal static class MembershipTiming
{
    /// <summary>How often a client refreshes the list of gateways.</summary>
    public static readonly TimeSpan GatewayListRefresh = TimeSpan.FromSeconds(5);

    /// <summary>How long the distributed directory protects the grains of a vanished silo, counted as Orleans does: without the time for its
    /// detection.</summary>
    private static readonly TimeSpan DirectoryRangeLease = TimeSpan.FromSeconds(18);

    public static void Apply(GrainDirectoryOptions directory) => directory.RangeLeaseDuration = DirectoryRangeLease;

    public static void Apply(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.MinProbeTimeout = TimeSpan.FromSeconds(1.5);
        // With the limit below, 9 s: half of the directory's range lease, so that the other half protects the grains.
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(3);
        membership.NumMissedProbesLimit = 3;
        // In a cluster of two the remaining silo decides alone: Orleans never requires more votes than half of the silos alive.
        membership.NumVotesForDeathDeclaration = 2;
        // A silo that was declared dead and missed the gossip reads it in the table, and ends.
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        // A joining silo ignores silos that have not written for three of these periods, such as all silos of a killed cluster.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }
}
