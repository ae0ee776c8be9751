using Coordinator.Core.Queueing;

namespace Coordinator.Grains.Tables;

/// <summary>One activation's ticks of the silo's clock: asked for while one is due, and run on the activation's scheduler, as all of its code. Only
/// the activation uses it, except for <see cref="StartTick"/> and <see cref="Start"/>.</summary>
/// <remarks>A grain timer would stop too early: a deactivating grain waits for its running calls, and long polls end only with a tick or a release,
/// which it would not receive. It would hold its lock forever.</remarks>
/// <param name="clock">The silo's clock.</param>
/// <param name="isDue">Whether time alone will change something.</param>
/// <param name="tick">Does what a tick brings; it does not throw.</param>
internal sealed class ActivationTicks(TableTicks clock, Func<bool> isDue, Func<Task> tick) : ITicked
{
    private readonly TaskScheduler _scheduler = TaskScheduler.Current;
    private bool _isOver;

    /// <summary>True from the request for a tick to the end of that tick.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>Asks for the next tick, if one is due.</summary>
    public void AskIfDue()
    {
        if (IsAsked || _isOver || !isDue()) return;
        IsAsked = true;
        clock.Ask(this);
    }

    /// <inheritdoc/>
    public void StartTick() => Start(static ticks => _ = ((ActivationTicks)ticks!).TickAsync(), this);

    /// <summary>Runs work of another thread as the activation's own.</summary>
    public void Start(Action<object?> work, object state) =>
        Task.Factory.StartNew(work, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);

    /// <summary>The activation's last code runs now.</summary>
    public void Stop() => _isOver = true;

    private async Task TickAsync()
    {
        if (_isOver) return;
        await tick();
        // The tick after the last turn finds nothing due and asks for no other.
        IsAsked = false;
        AskIfDue();
    }
}
