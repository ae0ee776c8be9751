using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Jobs.Catalog;
using Coordinator.Jobs.Scheduling;
using Coordinator.Receipts;
using Coordinator.Tables;
using Coordinator.TestServers;
using Coordinator.Tests.Client;
using Microsoft.Extensions.Logging.Abstractions;
using SiloUnavailableException = Coordinator.Errors.SiloUnavailableException;

namespace Coordinator.Tests.Jobs;

public sealed class JobWorkerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CountingClock _clock = new(Start);
    private readonly FakeClient _client = new();
    private readonly CancellationTokenSource _stop = new();

    // The worker runs one step at a time, in the order in which the steps become ready, so that a test knows when it waits.
    private readonly TaskScheduler _steps = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Each_tick_is_submitted_under_its_own_id_when_it_comes()
    {
        var worker = await StartAsync("* * * * * *");
        for (var second = 1; second <= 5; second++) await PassAsync(TimeSpan.FromSeconds(1), submitted: second);
        Assert.Equal(Enumerable.Range(1, 5).Select(second => Tick(Start.AddSeconds(second))), _client.Updates);
        await StopAsync(worker);
    }

    [Fact]
    public async Task A_job_that_never_ran_has_missed_nothing()
    {
        var worker = await StartAsync("0 * * * *");
        await PassAsync(TimeSpan.FromHours(1), submitted: 1);
        Assert.Equal([Tick(Start.AddHours(1))], _client.Updates);
        await StopAsync(worker);
    }

    [Theory]
    [InlineData(Misfire.RunOnce, new[] { 0, 1 })]
    [InlineData(Misfire.Skip, new[] { 1 })]
    public async Task After_downtime_the_policy_decides_about_the_ticks_since_the_newest_known(object policy, int[] hours)
    {
        _client.KnownRuns = static () => [Known(Start.AddHours(-9)), Known(Start.AddHours(-7), through: Start.AddHours(-6))];
        var worker = await StartAsync("0 * * * *", (Misfire)policy);
        await PassAsync(TimeSpan.FromHours(1), submitted: hours.Length);
        Assert.Equal(hours.Select(static hour => Tick(Start.AddHours(hour))), _client.Updates);
        await StopAsync(worker);
    }

    [Theory]
    [InlineData(Misfire.RunOnce)]
    [InlineData(Misfire.Skip)]
    public async Task A_host_that_starts_beside_others_submits_nothing_that_they_did(object policy)
    {
        _client.KnownRuns = static () => [Known(Start)];
        var worker = await StartAsync("0 * * * *", (Misfire)policy);
        await PassAsync(TimeSpan.FromHours(1), submitted: 1);
        Assert.Equal([Tick(Start.AddHours(1))], _client.Updates);
        await StopAsync(worker);
    }

    [Fact]
    public async Task A_tick_of_the_future_does_not_silence_the_schedule()
    {
        _client.KnownRuns = static () => [Known(Start.AddYears(5))];
        var worker = await StartAsync("0 * * * *");
        await PassAsync(TimeSpan.FromHours(1), submitted: 1);
        await StopAsync(worker);
    }

    [Fact]
    public async Task A_tick_that_a_silo_refuses_is_left_to_the_others_and_the_schedule_goes_on()
    {
        _client.OnUpdate = static _ => throw new TickNotDueException("not due");
        var worker = await StartAsync("* * * * * *");
        for (var second = 1; second <= 100; second++) await PassAsync(TimeSpan.FromSeconds(1), submitted: second);
        await StopAsync(worker);
    }

    [Fact]
    public async Task A_tick_that_the_warehouses_clock_refuses_is_submitted_again_when_that_clock_is_there()
    {
        var isRefused = true;
        var committed = _client.OnUpdate;
        _client.OnUpdate = id => isRefused ? throw new TickNotDueException("not due", TimeSpan.FromSeconds(30)) : committed(id);
        var worker = await StartAsync("0 * * * * *");
        await PassAsync(TimeSpan.FromMinutes(1), submitted: 1);
        isRefused = false;
        await PassAsync(TimeSpan.FromSeconds(30), submitted: 2);
        Assert.Equal(_client.Updates.First(), _client.Updates.Last());
        await StopAsync(worker);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_silence_the_schedule()
    {
        var clock = new ShiftedClock(_clock);
        var worker = await StartAsync(Schedule("* * * * * *"), clock: clock);
        await PassAsync(TimeSpan.FromSeconds(1), submitted: 1);
        _client.KnownRuns = static () => [Known(Start.AddSeconds(1))];
        clock.Ahead = TimeSpan.FromHours(2);
        await PassAsync(TimeSpan.FromSeconds(1), submitted: 2);
        Assert.Equal(Tick(Start.AddSeconds(2).AddHours(2)), _client.Updates.ElementAt(1));
        clock.Ahead = TimeSpan.Zero;
        await PassAsync(TimeSpan.FromSeconds(1), submitted: 3);
        Assert.Equal(Tick(Start.AddSeconds(3)), _client.Updates.ElementAt(2));
        await StopAsync(worker);
    }

    [Fact]
    public async Task A_host_that_slept_asks_what_the_others_did_meanwhile()
    {
        var worker = await StartAsync("* * * * * *");
        await PassAsync(TimeSpan.FromSeconds(1), submitted: 1);
        _client.KnownRuns = static () => [Known(Start.AddSeconds(90))];
        await PassAsync(TimeSpan.FromSeconds(99), submitted: 2);
        Assert.Equal([Tick(Start.AddSeconds(1)), Tick(Start.AddSeconds(100))], _client.Updates);
        await StopAsync(worker);
    }

    [Fact]
    public async Task A_host_that_is_a_little_late_leaves_no_tick_out()
    {
        var worker = await StartAsync("* * * * * *");
        await PassAsync(TimeSpan.FromSeconds(1), submitted: 1);
        await PassAsync(TimeSpan.FromSeconds(7), submitted: 8);
        Assert.Equal(Enumerable.Range(1, 8).Select(second => Tick(Start.AddSeconds(second))), _client.Updates);
        await StopAsync(worker);
    }

    [Fact]
    public async Task Jitter_delays_the_tick_and_does_not_rename_it()
    {
        var schedule = Schedule("0 * * * *", TimeSpan.FromMinutes(30));
        var due = schedule.DueAt(Start.AddHours(1));
        var worker = await StartAsync(schedule);
        await PassAsync(due - Start - TimeSpan.FromMilliseconds(1), submitted: 0);
        await PassAsync(TimeSpan.FromMilliseconds(1), submitted: 1);
        Assert.Equal([Tick(Start.AddHours(1))], _client.Updates);
        await StopAsync(worker);
    }

    [Fact]
    public async Task Runs_that_fail_or_last_hold_up_no_later_tick_within_the_limit()
    {
        var never = new TaskCompletionSource<WriteReceipt>();
        _client.OnUpdate = id => id.Sequence % 2 == 0 ? never.Task : Task.FromException<WriteReceipt>(new OutcomeUnknownException("gone"));
        var worker = await StartAsync("* * * * * *");
        for (var second = 1; second <= 20; second++) await PassAsync(TimeSpan.FromSeconds(1), submitted: second);
        await StopAsync(worker);
    }

    [Fact]
    public async Task Beyond_the_limit_of_ticks_under_way_the_schedule_waits_and_then_follows_its_policy()
    {
        var receipts = new TaskCompletionSource<WriteReceipt>();
        _client.OnUpdate = _ => receipts.Task;
        var worker = await StartAsync("* * * * * *", Misfire.Skip);
        for (var second = 1; second <= 64; second++) await PassAsync(TimeSpan.FromSeconds(1), submitted: second);
        await PassAsync(TimeSpan.FromSeconds(100), submitted: 64);
        _client.KnownRuns = static () => [Known(Start.AddSeconds(64))];
        receipts.SetResult(new WriteReceipt { Id = Tick(Start), Status = WriteStatus.Committed });
        await Eventually.TrueAsync("the schedule goes on with the tick after the missed ones", () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            return _client.Updates.Count > 64;
        });
        Assert.True(_client.Updates.ElementAt(64).Sequence > Tick(Start.AddSeconds(164)).Sequence);
        await StopAsync(worker);
    }

    [Fact]
    public async Task Without_a_silo_the_schedule_waits_until_its_newest_tick_can_be_looked_up()
    {
        var calls = 0;
        _client.KnownRuns = () => ++calls < 3 ? throw new SiloUnavailableException("away") : [Known(Start.AddHours(-2))];
        var worker = await StartAsync("0 * * * *");
        await Eventually.TrueAsync("the missed tick is made up for", () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _client.Updates.Count == 1;
        });
        Assert.Equal([Tick(Start)], _client.Updates);
        await StopAsync(worker);
    }

    private static IntentId Tick(DateTimeOffset at) => JobTick.IdOf("j", at);

    private static JobRun Known(DateTimeOffset tick, DateTimeOffset? through = null) =>
        new() { Id = Tick(tick), Status = JobRunStatus.Committed, Tick = tick, ThroughTick = through };

    private static JobSchedule Schedule(string text, TimeSpan jitter = default) => new("j", text, TimeZoneInfo.Utc, jitter);

    private Task<Task> StartAsync(string schedule, Misfire misfire = Misfire.RunOnce) => StartAsync(Schedule(schedule), misfire);

    /// <summary>Returns the worker once it waits for the first time: time that passes before the worker reads the clock does not
    /// count.</summary>
    private async Task<Task> StartAsync(JobSchedule schedule, Misfire misfire = Misfire.RunOnce, TimeProvider? clock = null)
    {
        var worker = StepAsync(() => RunAsync(schedule, misfire, clock ?? _clock)).Unwrap();
        await Eventually.TrueAsync("the worker waits", () => _clock.Timers > 0);
        return worker;
    }

    private async Task RunAsync(JobSchedule schedule, Misfire misfire, TimeProvider clock)
    {
        var update = new UpdateRequest { Job = "j", Sql = "select 1", Writes = [TableName.Parse("a")] };
        var job = new Job { Update = update, Schedule = schedule, Misfire = misfire };
        using var worker = new JobWorker(job, schedule, _client, clock, NullLogger.Instance);
        await worker.RunAsync(_stop.Token);
    }

    /// <summary>Advances the clock, and checks how many ticks are submitted once the worker waits again.</summary>
    private async Task PassAsync(TimeSpan time, int submitted)
    {
        await IdleAsync();
        _clock.Advance(time);
        await IdleAsync();
        Assert.Equal(submitted, _client.Updates.Count);
    }

    /// <summary>Lets the worker run until it waits: each hop lets it take the steps that are ready before it.</summary>
    private async Task IdleAsync()
    {
        for (var hop = 0; hop < 20; hop++) await StepAsync(static () => true);
    }

    private Task<T> StepAsync<T>(Func<T> step) => Task.Factory.StartNew(step, _stop.Token, TaskCreationOptions.None, _steps);

    private async Task StopAsync(Task worker)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker);
    }
}
