using Coordinator.Core.Queueing;
using Coordinator.Grains;
using Coordinator.Grains.Tables;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Grains;

/// <summary>An activation's ticks, on a scheduler that runs them within the clock's advance.</summary>
public sealed class ActivationTicksTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TableTicks _siloTicks;
    private readonly InlineScheduler _scheduler = new();
    private readonly ActivationTicks _ticks;
    private bool _isDue;
    private int _visits;
    private int _visitsElsewhere;

    public ActivationTicksTests()
    {
        _siloTicks = new TableTicks(_clock);
        ActivationTicks? ticks = null;
        using var making = new Task(() => ticks = new ActivationTicks(_siloTicks, () => _isDue, Visit));
        making.RunSynchronously(_scheduler);
        _ticks = ticks!;
    }

    public void Dispose() => _siloTicks.Dispose();

    [Fact]
    public void A_table_with_nothing_due_is_never_visited()
    {
        _ticks.AskIfDue();
        Advance(10);
        Assert.Equal(0, _visits);
    }

    [Fact]
    public void A_table_is_visited_at_every_tick_while_something_is_due_and_no_more_once_a_tick_found_it_idle()
    {
        _isDue = true;
        _ticks.AskIfDue();
        Assert.True(_ticks.IsAsked);
        Advance(3);
        Assert.Equal(3, _visits);

        // The last tick shows the table's account that the queue is empty.
        _isDue = false;
        Advance(5);
        Assert.Equal((4, false), (_visits, _ticks.IsAsked));

        _isDue = true;
        _ticks.AskIfDue();
        _ticks.AskIfDue();
        Advance(1);
        Assert.Equal(5, _visits);
    }

    [Fact]
    public void Ticks_run_on_the_scheduler_of_the_activation()
    {
        _isDue = true;
        _ticks.AskIfDue();
        Advance(2);
        Assert.Equal((2, 0), (_visits, _visitsElsewhere));
    }

    [Fact]
    public void After_the_last_code_of_the_activation_there_is_no_tick()
    {
        _isDue = true;
        _ticks.AskIfDue();
        _ticks.Stop();
        Advance(3);
        Assert.Equal(0, _visits);
    }

    private void Advance(int ticks)
    {
        for (var i = 0; i < ticks; i++) _clock.Advance(CallTimes.Tick);
    }

    private Task Visit()
    {
        _visits++;
        if (TaskScheduler.Current != _scheduler) _visitsElsewhere++;
        return Task.CompletedTask;
    }

    private sealed class InlineScheduler : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
    }
}
