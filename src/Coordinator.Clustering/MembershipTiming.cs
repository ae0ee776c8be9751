using Orleans.Configuration;

namespace Coordinator.Clustering;

/// <summary>
/// How soon a dead silo is missed. Orleans' own values would leave its tables without a writer for half a minute; these find it dead within 8 s, while a
/// silo that is merely busy has three probes of at least 1.5 s each to answer, longer if the one who asks is busy itself, and the last of them is
/// asked through a third silo.
/// </summary>
internal static class MembershipTiming
{
    /// <summary>How often a client asks which gateways there are.</summary>
    public static readonly TimeSpan GatewayListRefresh = TimeSpan.FromSeconds(5);

    /// <summary>How long the distributed directory leaves the grains of a vanished silo alone, counted as Orleans does: less the time that it takes to miss it.</summary>
    private static readonly TimeSpan DirectoryRangeLease = TimeSpan.FromSeconds(18);

    public static void Apply(GrainDirectoryOptions directory) => directory.RangeLeaseDuration = DirectoryRangeLease;

    public static void Apply(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.MinProbeTimeout = TimeSpan.FromSeconds(1.5);
        // With the limit below, 9 s: half of the directory's range lease, so that the other half protects.
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(3);
        membership.NumMissedProbesLimit = 3;
        // In a cluster of two the one that is left decides alone: Orleans asks for no more votes than half of those alive.
        membership.NumVotesForDeathDeclaration = 2;
        // A silo that was declared dead and missed the gossip reads so here, and ends.
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        // Whoever joins does not wait for silos that have not written for three of these: all of a cluster that was killed at once.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }
}
