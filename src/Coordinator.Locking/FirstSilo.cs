using Coordinator.Memcached;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Coordinator.Locking;

/// <summary>At the start of a silo: if the membership knows no other silo that lived recently, a young memcached cannot have lost a lease, and the
/// silo takes its locks without quarantine.</summary>
/// <remarks>The order is the proof. The canary is read first, then the membership, which has this silo already. A lease that is older than the canary
/// would belong to a silo that lived then; a younger one is in memcached as long as that canary is. A silo that starts at the same time sees this
/// one, and keeps the quarantine.</remarks>
internal sealed partial class FirstSilo(
    IMemcached memcached, Canary canary, IMembershipTable membership, ILocalSiloDetails self, IOptions<LockingOptions> locking,
    IOptions<ClusterMembershipOptions> timing, TimeProvider clock, ILogger<FirstSilo> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>How far the clocks of two machines may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    /// <summary>A silo that has not written to the membership for this long has no lease any more.</summary>
    private TimeSpan Recently => locking.Value.Ttl + (2 * timing.Value.IAmAliveTablePublishTimeout) + ClockSkew;

    // This silo is in the membership as joining by then, and takes no calls yet.
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(FirstSilo), ServiceLifecycleStage.ApplicationServices, StartAsync);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(MaxWait);
        try
        {
            var young = new List<(ServerAddress Server, string Canary)>();
            foreach (var connection in await memcached.ConnectionsAsync(limit.Token))
            {
                if (await FindCanaryAsync(connection, limit.Token) is { Kind: ReplyKind.Value, Value: { } value } seen
                    && canary.QuarantineLeft(connection.Server, seen, locking.Value.Ttl) is not null) young.Add((connection.Server, value));
            }

            if (young.Count == 0 || await OtherAsync(limit.Token) is not null) return;
            foreach (var (server, value) in young)
            {
                canary.Trust(server, value);
                LogFirst(server);
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The quarantine protects then, as it does beside other silos.
            LogNotAsked(failure);
        }
    }

    private async Task<MemcachedReply> FindCanaryAsync(IMemcachedConnection connection, CancellationToken cancellationToken)
    {
        var seen = await canary.PeekAsync(connection, cancellationToken);
        if (seen.Kind != ReplyKind.Miss) return seen;
        await canary.AddAsync(connection, NewOwnerToken.Of(self.Name).ToString(), cancellationToken);
        return await canary.PeekAsync(connection, cancellationToken);
    }

    /// <summary>A silo that lived recently, other than this one.</summary>
    private async Task<SiloAddress?> OtherAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow().UtcDateTime - Recently;
        var entries = (await membership.ReadAllAsync(cancellationToken)).Members.Select(static member => member.Item1);
        return entries.FirstOrDefault(entry =>
            !entry.SiloAddress.Equals(self.SiloAddress) && (entry.IAmAliveTime > since || entry.StartTime > since))?.SiloAddress;
    }

    [LoggerMessage(1140, LogLevel.Information,
        "The memory of memcached {Server} is young, but no other silo lived recently, so no lock was lost: tables are written to at once.")]
    private partial void LogFirst(ServerAddress server);

    [LoggerMessage(1141, LogLevel.Warning,
        "Whether other silos lived recently is not known; if memcached's memory is young, the first writes wait for a TTL.")]
    private partial void LogNotAsked(Exception failure);
}
