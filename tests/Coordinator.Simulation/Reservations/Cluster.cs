using Coordinator.Core.Reservations;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Tables;

namespace Coordinator.Simulation.Reservations;

/// <summary>Silos, the tables' activations on them, and the calls between them. One activation of a table at a time has the lock.</summary>
internal sealed class Cluster
{
    /// <summary>How soon the other silos declare a silent silo dead.</summary>
    public static readonly TimeSpan Detection = TimeSpan.FromSeconds(8);

    private const int Silos = 3;

    private readonly World _world;
    private readonly Network _network;
    private readonly Process[] _silos = new Process[Silos];
    private readonly HashSet<string> _gone = [];
    private readonly Dictionary<TableName, SimulatedActivation> _activations = [];
    private readonly Dictionary<TableName, (string Text, long EndsAt)> _memory = [];
    private int _processes;
    private int _tokens;

    public Cluster(World world, Network network, ReservationScenario scenario)
    {
        (_world, _network, Scenario) = (world, network, scenario);
        Clients = NewProcess("clients");
        for (var i = 0; i < Silos; i++) _silos[i] = NewProcess("silo");
    }

    public ReservationScenario Scenario { get; }

    public TurnHistory History { get; } = new();

    /// <summary>The source of submissions. It never fails.</summary>
    public Process Clients { get; }

    public bool IsOver { get; set; }

    /// <summary>How often a table moved to another activation.</summary>
    public int Moves { get; private set; }

    public Process AnySilo() => _silos[_world.Random.Next(Silos)];

    public bool IsGone(string silo) => _gone.Contains(silo);

    public IReservationMemory MemoryOf(Process process) => new SimulatedMemory(_world, _network, process, _memory, Scenario.ForgetsHolders);

    public void Crash()
    {
        var i = _world.Random.Next(Silos);
        End(_silos[i]);
        _silos[i] = NewProcess("silo");
    }

    /// <summary>Pauses a silo. A silo that was declared dead during the pause ends when it learns this.</summary>
    public void Pause()
    {
        var i = _world.Random.Next(Silos);
        var silo = _silos[i];
        if (silo.PausedAt >= 0) return;
        var duration = _world.UpTo(30);
        silo.Pause(duration);
        if (_world.IsRecording) _world.Note($"{silo} is paused for {duration.TotalSeconds:0.0} s");
        if (duration >= Detection)
        {
            _world.After(Detection, () =>
            {
                _gone.Add(silo.Name);
                if (_silos[i] == silo) _silos[i] = NewProcess("silo");
            });
        }

        if (duration >= Detection) _world.After(duration + _world.UpTo(2), () => End(silo));
    }

    /// <summary>Deactivates a table's grain gracefully.</summary>
    public void Move()
    {
        if (_activations.Count == 0) return;
        var (table, activation) = _activations.ElementAt(_world.Random.Next(_activations.Count));
        if (_world.IsRecording) _world.Note($"{table} leaves {activation.Process}");
        activation.Process.Run(activation.Close);
    }

    /// <summary>A call from a process to a table's grain.</summary>
    public Task<T> CallAsync<T>(Process caller, TableName table, Func<SimulatedActivation, Task<T>> act)
    {
        var answer = new TaskCompletionSource<T>();
        _world.After(CallTimes.Response, () => caller.Run(() => answer.TrySetException(new TableMovedException("No answer in time."))));
        if (!_network.Loses()) _world.After(_network.Latency(), () => Arrive(table, _world.Now + CallTimes.LongPoll.Ticks, act, Reply, Fail));
        return answer.Task;

        void Reply(T result) => Return(() => answer.TrySetResult(result));
        void Fail(Exception failure) => Return(() => answer.TrySetException(failure));
        void Return(Action deliver)
        {
            if (!_network.Loses()) _world.After(_network.Latency(), () => caller.Run(deliver));
        }
    }

    /// <summary>Delivers a call to the table's activation, or lets it wait until there is one.</summary>
    private void Arrive<T>(TableName table, long until, Func<SimulatedActivation, Task<T>> act, Action<T> reply, Action<Exception> fail)
    {
        if (_activations.TryGetValue(table, out var activation) && !activation.IsClosed && !activation.Process.IsDead
            && !_gone.Contains(activation.Process.Name))
        {
            activation.Process.Run(() => _ = InvokeAsync(activation, act, reply, fail));
            return;
        }

        if (activation?.LockEndsAt is { } end && end > _world.Now)
        {
            if (end > until) _world.At(until, () => fail(new TableLockedException($"The lock of {table} is held.")));
            else _world.At(end, () => Arrive(table, until, act, reply, fail));
            return;
        }

        var silo = AnySilo();
        if (silo.IsPaused)
        {
            _world.After(TimeSpan.FromSeconds(1), () => Arrive(table, until, act, reply, fail));
            return;
        }

        if (activation is not null) Moves++;
        _activations[table] = new SimulatedActivation(_world, this, table, silo, $"a{_tokens++}");
        if (_world.IsRecording) _world.Note($"{table} lives on {silo} as a{_tokens - 1}");
        Arrive(table, until, act, reply, fail);
    }

    private static async Task InvokeAsync<T>(
        SimulatedActivation activation, Func<SimulatedActivation, Task<T>> act, Action<T> reply, Action<Exception> fail)
    {
        try
        {
            reply(await act(activation));
        }
        catch (CoordinatorException failure)
        {
            fail(failure);
        }
    }

    private void End(Process silo)
    {
        if (silo.IsDead) return;
        _world.Note($"{silo} is gone");
        silo.Crash();
        _world.After(Detection, () => _gone.Add(silo.Name));
    }

    private Process NewProcess(string kind) => new(_world, $"{kind}{_processes++}", Scenario.Drift);
}
