using Coordinator.Core.TableSets;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Simulation.Reservations;

/// <summary>Histories of updates and inserters that contend for a few tables, with the real reservations, queue and book: a period in which
/// silos crash and pause, tables move and messages are lost, then a calm period in which every write must end. Committed turns that may not run
/// side by side must never overlap.</summary>
internal sealed class ReservationSimulation
{
    // Longer than all SQL in sequence, plus two holds that are never released, plus calls under way.
    private const double CalmSeconds = 240;

    private readonly World _world;
    private readonly Network _network;
    private readonly Cluster _cluster;
    private readonly SimulatedUpdate[] _updates;
    private readonly SimulatedInserter[] _inserters;
    private readonly ReservationScenario _scenario;
    private readonly double _faultInterval;

    private ReservationSimulation(int seed, ReservationScenario scenario, bool isRecording)
    {
        _world = new World(seed, isRecording);
        _scenario = scenario;
        _network = new Network(_world, scenario);
        _cluster = new Cluster(_world, _network, scenario);
        var random = _world.Random;
        _faultInterval = 3 + (random.NextDouble() * 25);
        var tables = Enumerable.Range(0, 2 + random.Next(3)).Select(static i => new TableName("public", $"t{i}")).ToArray();
        _updates = [.. Enumerable.Range(0, 2 + random.Next(scenario.MaxUpdates - 1)).Select(i => NewUpdate(i, tables, scenario))];
        _inserters = [.. tables.Select((table, i) => new SimulatedInserter(_world, _cluster, table, i + 1))];
    }

    /// <summary>Runs one history.</summary>
    public static ReservationVerdict Run(int seed, ReservationScenario scenario, bool isRecording = false)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return new ReservationSimulation(seed, scenario, isRecording).Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private ReservationVerdict Run()
    {
        foreach (var update in _updates) update.Start();
        foreach (var inserter in _inserters) inserter.Start();
        if (!_scenario.IsCalm) PlanFault();
        _world.At(_scenario.Faulty.Ticks, () =>
        {
            _world.Note("the calm begins");
            _network.IsCalm = true;
            foreach (var inserter in _inserters) inserter.IsStopping = true;
        });
        var end = _scenario.Faulty.Ticks + Ticks(CalmSeconds) + _updates.Sum(static u => u.Sql.Ticks);
        while (!IsOver() && _world.Step(end))
        {
            if (_cluster.History.Problem is { } problem) return End(problem);
            if (_updates.FirstOrDefault(static u => u.Failure is not null) is { } failed)
                throw new InvalidOperationException($"{failed} failed.", failed.Failure);
        }

        var stuck = _updates.Where(static u => !u.IsDone).Select(static u => u.ToString())
            .Concat(_inserters.Where(static i => !i.IsDone).Select(static i => i.ToString()));
        return End(IsOver() ? null : $"not done at the end: {string.Join(", ", stuck)}");
    }

    private bool IsOver() => Array.TrueForAll(_updates, static u => u.IsDone) && Array.TrueForAll(_inserters, static i => i.IsDone);

    private ReservationVerdict End(string? problem)
    {
        if (problem is not null) _world.Note(problem);
        _cluster.IsOver = true;
        return new ReservationVerdict(problem, _cluster.History.Count, _cluster.Moves, _updates.Sum(static u => u.Restarts), _world.History);
    }

    private SimulatedUpdate NewUpdate(int number, TableName[] tables, ReservationScenario scenario)
    {
        var random = _world.Random;
        var chosen = tables.OrderBy(_ => random.Next()).Take(1 + random.Next(tables.Length)).ToArray();
        var written = 1 + random.Next(chosen.Length);
        var set = TableSet.Of(
            new UpdateIntent { Id = new IntentId(Guid.Empty, number), Sql = "", Writes = chosen[..written], Reads = chosen[written..] });
        if (scenario.IsOrderBroken && number % 2 == 1) set = [.. set.Reverse()];
        return new SimulatedUpdate(_world, _cluster, number, set, scenario.ShortestSql
            + _world.UpTo((scenario.LongestSql - scenario.ShortestSql).TotalSeconds));
    }

    private void PlanFault()
    {
        var delay = _world.UpTo(_faultInterval);
        if (_world.Now + delay.Ticks >= _scenario.Faulty.Ticks) return;
        _world.After(delay, () =>
        {
            Fault();
            PlanFault();
        });
    }

    private void Fault()
    {
        switch (_scenario.OnlyMoves ? 2 : _world.Random.Next(4))
        {
            case 0:
                _cluster.Crash();
                break;
            case 1:
                _cluster.Pause();
                break;
            default:
                _cluster.Move();
                break;
        }
    }

    private static long Ticks(double seconds) => TimeSpan.FromSeconds(seconds).Ticks;
}
