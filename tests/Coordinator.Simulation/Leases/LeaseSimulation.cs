using Coordinator.Contention;
using Coordinator.Core.Leases;
using Coordinator.Memcached.Connections;

namespace Coordinator.Simulation.Leases;

/// <summary>Histories of 2 to 4 owners that contend for one or two locks on two servers, with the real lease and the real lock store over
/// simulated servers: a period with faults, then a calm period in which every owner must get its lock.</summary>
internal sealed class LeaseSimulation
{
    private const double FaultySeconds = 90;

    // Long enough for the longest pause or outage under way, a crashed owner's key, a quarantine, and a second try.
    private const double CalmSeconds = 85;

    private readonly World _world;
    private readonly LeaseScenario _scenario;
    private readonly Network _network;
    private readonly SimulatedServer[] _servers;
    private readonly SimulatedOwner[] _owners;
    private readonly string[] _keys;
    private readonly double _faultInterval;

    private LeaseSimulation(int seed, LeaseScenario scenario, bool isRecording)
    {
        _world = new World(seed, isRecording);
        _scenario = scenario;
        _network = new Network(_world, scenario);
        var random = _world.Random;
        _faultInterval = 2 + (random.NextDouble() * 15);
        _keys = random.Next(2) == 0 ? ["lock0"] : ["lock0", "lock1"];
        _servers = [.. Enumerable.Range(0, 2).Select(i => new SimulatedServer(
            _world, new ServerAddress($"server{i}", 11211), 1 + (((random.NextDouble() * 2) - 1) * scenario.Drift),
            random.NextInt64(TimeSpan.TicksPerSecond)))];
        // The servers have kept their memory for a day.
        foreach (var server in _servers) server.Add(SimulatedOwner.CanaryKey, "c", TimeSpan.FromSeconds(2_592_000 - 86_400));
        var options = new LeaseOptions
        {
            Ttl = TimeSpan.FromSeconds(10 + random.Next(6)),
            AcquireInterval = TimeSpan.FromSeconds(0.2 + (random.NextDouble() * 1.5)),
            WhenUnavailable = scenario.WhenUnavailable,
        };
        if (scenario.UnavailableAfter is { } after) options = options with { UnavailableAfter = after };
        options = scenario.Broken?.Options?.Invoke(options) ?? options;
        _owners = [.. Enumerable.Range(0, 2 + random.Next(3)).Select(i => new SimulatedOwner(
            _world, _network, scenario, _servers, options, i, _keys[i % _keys.Length]))];
    }

    /// <summary>Runs one history.</summary>
    public static LeaseVerdict Run(int seed, LeaseScenario scenario, bool isRecording = false)
    {
        // Continuations must run at their event, not where a test runner would schedule them.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return new LeaseSimulation(seed, scenario, isRecording).Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private LeaseVerdict Run()
    {
        foreach (var owner in _owners) owner.Start();
        PlanFault();
        _world.At(Ticks(FaultySeconds), () =>
        {
            _world.Note("the calm begins");
            _network.IsCalm = true;
        });
        while (_world.Step(Ticks(FaultySeconds + CalmSeconds)))
        {
            if (_owners.FirstOrDefault(static o => o.Failure is not null) is { } failed)
                throw new InvalidOperationException($"{failed} failed.", failed.Failure);
            foreach (var key in _keys)
            {
                if (_owners.Count(o => o.Key == key && o.Holds) > 1)
                    return End($"{string.Join(" and ", _owners.Where(o => o.Key == key && o.Holds))} hold {key}");
            }
        }

        var orphan = _keys.FirstOrDefault(key => !_owners.Any(o => o.Key == key && o.Lease is { IsHeld: true, State: LeaseState.Held }));
        return End(orphan is null ? null : $"no owner holds {orphan} after {CalmSeconds} s without faults");
    }

    private LeaseVerdict End(string? problem)
    {
        if (problem is not null) _world.Note(problem);
        return new LeaseVerdict(problem, _owners.Sum(static o => o.Turns), _owners.Sum(static o => o.Reasserted), _world.History);
    }

    private void PlanFault()
    {
        // Repeated restarts are not one quick restart: a quarantine must have time to end.
        var delay = _world.UpTo(_faultInterval) + TimeSpan.FromSeconds(_scenario.OnlyQuickRestarts ? 40 : 0);
        if (_world.Now + delay.Ticks >= Ticks(FaultySeconds)) return;
        _world.After(delay, () =>
        {
            Fault();
            PlanFault();
        });
    }

    private void Fault()
    {
        var server = _world.Random.Next(_servers.Length);
        var owner = _owners[_world.Random.Next(_owners.Length)];
        var fault = _scenario.OnlyQuickRestarts ? 0 : _world.Random.Next(_scenario.IsTorn ? 3 : 11);
        switch (fault)
        {
            case 0:
                _servers[server].Restart(_world.UpTo(!_scenario.OnlyQuickRestarts && _world.Chance(0.2) ? 30 : 4));
                break;
            case 1 or 2:
                owner.Memcached.Cut(server, _world.UpTo(_world.Chance(0.5) ? 30 : 3));
                break;
            case 3:
                owner.Memcached.Break(server);
                break;
            case 4:
                owner.Pause();
                break;
            case 5:
                owner.Crash();
                break;
            case 6:
                _servers[server].Flush();
                break;
            case 7:
                _servers[server].EvictColdest();
                break;
            case 8:
                _servers[server].MovePages();
                break;
            case 9:
                _servers[server].Stall(_world.UpTo(_scenario.StallSeconds), leavesClockBehind: true);
                break;
            default:
                if (_scenario.EvictsLocks) _servers[server].Evict(_keys[^1]);
                else _servers[server].Stall(_world.UpTo(8), leavesClockBehind: false);
                break;
        }
    }

    private static long Ticks(double seconds) => TimeSpan.FromSeconds(seconds).Ticks;
}
