using System.Globalization;
using Coordinator.Clustering;
using Coordinator.Doctor.Checking;
using Coordinator.Doctor.Net;
using Coordinator.Locking;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Servers;

namespace Coordinator.Doctor.Locks;

/// <summary>The checks of the ghetto locks' memcached servers.</summary>
internal sealed class LockChecks(LockingOptions locking, ClusteringOptions clustering, TimeProvider time)
{
    private const string Servers = "memcached servers";
    private const string Key = "Coordinator:Locking:Memcached:Servers";
    private const long KeyLifeSeconds = 30;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // memcached counts whole seconds, by a tick that comes late on a busy machine.
    private static readonly TimeSpan Precision = TimeSpan.FromSeconds(3);

    private IReadOnlyList<ServerAddress> _servers = [];

    public IEnumerable<Check> All()
    {
        yield return new Check(Servers, ServersAsync) { AdviceOnSilence = $"Compare {Key} with the configuration endpoint." };
        foreach (var server in _servers)
        {
            var name = $"memcached {server}";
            yield return new Check(name, token => ServerAsync(server, token)) { Needs = [Servers], AdviceOnSilence = Reach.Firewall(server.Port) };
            yield return new Check($"{name} clock", token => ClockAsync(server, token)) { Needs = [name] };
        }
    }

    private MemcachedConnectionOptions Options => new()
    {
        Tls = locking.Memcached.Tls
            ? new MemcachedTlsOptions
            {
                ServerName = locking.Memcached.TlsServerName,
                CaFile = locking.Memcached.TlsCaFile,
                Thumbprint = locking.Memcached.TlsThumbprint,
            }
            : null,
    };

    private async Task<Finding> ServersAsync(CancellationToken cancellationToken)
    {
        if (locking.EffectiveProvider == LockingProvider.InProcess)
            return clustering.Provider == ClusteringProvider.Localhost
                ? Finding.Ok("none: locks are in the silo's memory, for one silo")
                : Finding.Warning(
                    $"none: each silo has locks of its own, and the cluster by {clustering.Provider} may have several silos",
                    $"Set {Key}, such as cache1:11211,cache2:11211, the same in all silos.");
        var named = locking.Memcached.Names.Select(static name => ServerAddress.TryParse(name, out var server) ? server : default)
            .Where(static server => server.Host is not null).Distinct().ToList();
        if (!locking.Memcached.Discovery) _servers = named;
        else if (named is [var endpoint]) _servers = await DiscoverAsync(endpoint, cancellationToken);
        return _servers.Count == 0
            ? Finding.Failed("no server can be read from the settings", $"Set {Key}, such as cache1:11211,cache2:11211.")
            : Finding.Ok($"{string.Join(", ", _servers)}, TTL {locking.Ttl.TotalSeconds:0} s");
    }

    private async Task<IReadOnlyList<ServerAddress>> DiscoverAsync(ServerAddress endpoint, CancellationToken cancellationToken)
    {
        await using var talk = await MemcachedTalk.OpenAsync(endpoint, Options, time, cancellationToken);
        var lines = await talk.AskAsync("config get cluster", cancellationToken);
        return ClusterConfiguration.Parse(string.Join('\n', lines.Skip(1)))?.Servers
            ?? throw new IOException($"{endpoint} is no configuration endpoint: it names no servers");
    }

    private async Task<Finding> ServerAsync(ServerAddress server, CancellationToken cancellationToken)
    {
        ServerFigures figures;
        string canary;
        try
        {
            await using var talk = await MemcachedTalk.OpenAsync(server, Options, time, cancellationToken);
            figures = new ServerFigures(await talk.StatisticsAsync(cancellationToken));
            if (await WriteMistakeAsync(talk, cancellationToken) is { } mistake)
                return Finding.Failed(mistake, "The server refuses what locks need: is it memcached 1.6 or later, with memory to spare?");
            canary = (await talk.AskAsync($"mg {LockKey.OfCanary(clustering.ServiceId)} t", cancellationToken))[0];
        }
        catch (IOException e)
        {
            return Finding.Failed(
                $"it cannot be used: {e.Message}",
                $"Start it, compare {Key}, and let this machine reach TCP port {server.Port}. Silos work on without it, and their locks are "
                    + "unverified.");
        }

        return Judge(figures, canary);
    }

    private Finding Judge(ServerFigures figures, string canary)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"memcached {figures.Version}, {figures.Megabytes} MB, up {Duration(figures.Uptime)}");
        var (mistakes, advice) = (new List<string>(), new List<string>());
        if (figures.Evictions > 0)
        {
            mistakes.Add($"{figures.Evictions} keys were evicted, and locks may be among them");
            advice.Add("Keep a server for locks alone, or give it more memory: memcached -m 256, or a larger node.");
        }

        // As a silo judges: the age of the canary is the trust in the server.
        var age = CanaryAge(canary) ?? figures.Uptime;
        if (age <= locking.Ttl + Second && figures.Uptime <= locking.Ttl + Second)
        {
            mistakes.Add("it started less than a lock's life ago");
            advice.Add($"Wait for {locking.Ttl.TotalSeconds:0} s: until then no silo takes a lock on it that it does not hold already. If it "
                + "restarts often, find out why.");
        }
        else if (age <= locking.Ttl + Second)
        {
            mistakes.Add(
                $"it has known this service for {age.TotalSeconds:0} s only: it was flushed, its canary was evicted, or the first silo is new");
            advice.Add($"Wait for {locking.Ttl.TotalSeconds:0} s, and make sure that flush_all is not run there.");
        }

        if (figures.Refusals > 0)
        {
            mistakes.Add($"its limit of connections was reached {figures.Refusals} times");
            advice.Add("Raise the limit: memcached -c 4096.");
        }

        return mistakes.Count == 0
            ? Finding.Ok($"{text}, no evictions; add, get and delete work")
            : Finding.Warning($"{text}: {string.Join("; ", mistakes)}", advice);
    }

    private async Task<Finding> ClockAsync(ServerAddress server, CancellationToken cancellationToken)
    {
        await using var talk = await MemcachedTalk.OpenAsync(server, Options, time, cancellationToken);
        // Leases are measured by this machine's monotonic clock and by the server's own seconds, so nothing breaks.
        return await ClockOffset.MeasureAsync(
            time, async () => new ServerFigures(await talk.StatisticsAsync(cancellationToken)).Clock, Precision,
            "one of the machines has no synchronized clock. Locks do not depend on it");
    }

    /// <summary>Adds a key with a life, reads its life, and deletes it. Null if all of that works.</summary>
    private static async Task<string?> WriteMistakeAsync(MemcachedTalk talk, CancellationToken cancellationToken)
    {
        var key = $"coordinator/doctor/{Guid.NewGuid():N}";
        var added = await talk.AskAsync($"add {key} 0 {KeyLifeSeconds} 6\r\ndoctor", cancellationToken);
        if (added[0] != "STORED") return $"a new key is not stored: {added[0]}";
        var read = await talk.AskAsync($"mg {key} v t", cancellationToken);
        var life = read[0].Split(' ').FirstOrDefault(static flag => flag.StartsWith('t'))?[1..];
        if (!long.TryParse(life, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > KeyLifeSeconds)
            return $"a key with a life of {KeyLifeSeconds} s is answered with {read[0]}";
        var deleted = await talk.AskAsync($"delete {key}", cancellationToken);
        return deleted[0] == "DELETED" ? null : $"a key is not deleted: {deleted[0]}";
    }

    private static TimeSpan? CanaryAge(string answer) =>
        answer.Split(' ').FirstOrDefault(static flag => flag.StartsWith('t')) is { } flag
            && long.TryParse(flag[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var left)
                ? Canary.Life - TimeSpan.FromSeconds(left)
                : null;

    private static string Duration(TimeSpan time) =>
        time < TimeSpan.FromHours(2) ? $"{time.TotalSeconds:0} s" : time < TimeSpan.FromDays(2) ? $"{time.TotalHours:0} h" : $"{time.TotalDays:0} d";
}
