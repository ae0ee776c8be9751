using Coordinator.Grains;

namespace Coordinator.Core.Queueing;

/// <summary>The one clock of all tables of a silo. A table asks for the next tick, and again at that tick while more is due. A table that has not
/// asked is not visited, so tables with nothing due cost nothing. Thread-safe.</summary>
public sealed class TableTicks : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private List<ITicked> _asking = [];

    /// <summary>Starts the clock.</summary>
    public TableTicks(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        // The first table makes the clock within a call, and the ticks of all tables would have that call's context.
        using (ExecutionContext.SuppressFlow())
            _timer = clock.CreateTimer(static ticks => ((TableTicks)ticks!).Tick(), this, CallTimes.Tick, CallTimes.Tick);
    }

    /// <summary>Asks for one tick, which comes within <see cref="CallTimes.Tick"/>.</summary>
    public void Ask(ITicked table)
    {
        lock (_gate) _asking.Add(table);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        List<ITicked> due;
        lock (_gate)
        {
            if (_asking.Count == 0) return;
            (due, _asking) = (_asking, new List<ITicked>(_asking.Count));
        }

        foreach (var table in due) table.StartTick();
    }
}
