using System.Globalization;

namespace Coordinator.Simulation;

/// <summary>Virtual time, one seeded random, and the pending events in one order: a seed replays a history.</summary>
internal sealed class World(int seed, bool isRecording)
{
    private readonly PriorityQueue<Action, (long At, int Order)> _events = new();
    private readonly List<string> _history = [];
    private int _order;

    public Random Random { get; } = new(seed);

    /// <summary>True time in ticks since the beginning. No clock in the simulation shows it.</summary>
    public long Now { get; private set; }

    public bool IsRecording => isRecording;

    public IReadOnlyList<string> History => _history;

    public void At(long time, Action happen) => _events.Enqueue(happen, (Math.Max(time, Now), _order++));

    public void After(TimeSpan delay, Action happen) => At(Now + delay.Ticks, happen);

    /// <summary>Runs the next event; false if there is none before the end.</summary>
    public bool Step(long end)
    {
        if (!_events.TryDequeue(out var happen, out var key) || key.At > end) return false;
        Now = key.At;
        happen();
        return true;
    }

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public TimeSpan UpTo(double seconds) => TimeSpan.FromSeconds(Random.NextDouble() * seconds);

    public void Note(string text)
    {
        if (isRecording) _history.Add(string.Create(CultureInfo.InvariantCulture, $"{Now / (double)TimeSpan.TicksPerSecond,10:0.0000} {text}"));
    }
}
