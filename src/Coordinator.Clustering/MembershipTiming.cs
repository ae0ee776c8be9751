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

    public static void Apply(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.MinProbeTimeout = TimeSpan.FromSeconds(1.5);
        // With the limit below, 12 s: well within the distributed directory's range lease of 30 s, which is what is left of it that protects.
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(4);
        membership.NumMissedProbesLimit = 3;
        // In a cluster of two the one that is left decides alone: Orleans asks for no more votes than half of those alive.
        membership.NumVotesForDeathDeclaration = 2;
        // A silo that was declared dead and missed the gossip reads so here, and ends.
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        // Whoever joins does not wait for silos that have not written for three of these: all of a cluster that was killed at once.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }
}
