using Coordinator.Clustering;
using Coordinator.Doctor.Checking;
using Coordinator.Doctor.Net;

namespace Coordinator.Doctor.Cluster;

/// <summary>The checks of the cluster: its store, its silos, and the way to them.</summary>
internal sealed class ClusterChecks(ClusteringOptions options, TimeProvider time)
{
    private const string Store = "cluster store";
    private const string Silos = "cluster silos";

    // Orleans ignores silos that have not written for three periods of IAmAliveTablePublishTimeout, which is 5 s here.
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(15);

    private readonly IMembershipStore? _store = options.Provider switch
    {
        ClusteringProvider.Postgres => new PostgresMembership(options),
        ClusteringProvider.Redis => new RedisMembership(options),
        _ => null,
    };

    private IReadOnlyList<Member> _alive = [];

    public IEnumerable<Check> All()
    {
        if (_store is null)
        {
            yield return new Check(Store, _ => Task.FromResult(Finding.Ok("none: silos of this machine alone")));
            yield break;
        }

        var silence = $"Let this machine reach {options.Provider}, and compare Coordinator:Clustering:ConnectionString.";
        yield return new Check(Store, _store.CheckAsync) { AdviceOnSilence = silence };
        yield return new Check(Silos, SilosAsync) { Needs = [Store], AdviceOnSilence = silence };
        foreach (var member in _alive)
        {
            yield return new Check($"silo {member.Name}", token => ReachAsync(member, token))
            { Needs = [Silos], AdviceOnSilence = Reach.Firewall(member.SiloPort) };
        }
    }

    private async Task<Finding> SilosAsync(CancellationToken cancellationToken)
    {
        var members = await _store!.ReadAsync(cancellationToken);
        var active = members.Where(static member => member.Status == SiloStatus.Active).ToList();
        var silent = active.Where(member => time.GetUtcNow() - member.AliveAt > Stale).ToList();
        _alive = [.. active.Except(silent)];
        var text = _alive.Count == 0 ? $"no silo of cluster {options.ClusterId} is alive" : $"alive: {string.Join(", ", _alive)}";
        if (silent.Count == 0) return Finding.Ok(text);
        return Finding.Warning(
            $"{text}; silent, and not declared dead: {string.Join(", ", silent)}",
            _alive.Count == 0
                ? "If they are gone, nothing needs to be done: the next silo to start ignores them. If they run, compare their clocks with "
                    + "this one's."
                : "If they are gone, the others declare them dead within seconds. If they run, see their logs, and compare their clocks.");
    }

    private static async Task<Finding> ReachAsync(Member member, CancellationToken cancellationToken)
    {
        var advice = $"{member} wrote itself into the membership, and this machine cannot reach it: let silos and clients reach its ports "
            + $"{member.SiloPort} and {member.GatewayPort}. If its address is one of loopback, set Coordinator:Silo:Address.";
        foreach (var port in new[] { member.SiloPort, member.GatewayPort }.Where(static port => port > 0))
        {
            var finding = await Reach.ConnectAsync(member.Host, port, advice, cancellationToken);
            if (finding.Status != CheckStatus.Ok) return finding with { Advice = [advice] };
        }

        return Finding.Ok($"ports {member.SiloPort} (silos) and {member.GatewayPort} (clients) of {member.Host} accept connections");
    }
}
