using System.Reflection;
using Coordinator.Client.Submitting;
using Coordinator.Core.Reservations;
using Coordinator.Grains;
using Coordinator.Locking;

namespace Coordinator.Tests.Grains;

public sealed class CallTimesTests
{
    [Fact]
    public void Each_time_leaves_room_for_those_before_it()
    {
        TimeSpan[] order = [CallTimes.Tick, CallTimes.Travel, CallTimes.LongPoll, CallTimes.Answer, CallTimes.Attempt, CallTimes.Ask,
            CallTimes.Silence, CallTimes.Response];
        Assert.Equal(order.Order(), order);
        Assert.Equal(order.Distinct(), order);
    }

    [Fact]
    public void A_grain_answers_before_a_client_or_an_update_gives_the_attempt_up()
    {
        Assert.True(CallTimes.LongPoll + CallTimes.Tick + CallTimes.Travel <= CallTimes.Attempt);
        Assert.True(new ReservationOptions().AskTimeout >= CallTimes.Attempt);
        // The tokens of attempts are a second apart: the last attempt of a second lasts one longer than the first.
        Assert.InRange(AttemptTimeout.Longest - CallTimes.Attempt, TimeSpan.Zero, CallTimes.Tick);
    }

    [Fact]
    public void An_update_that_asks_again_in_time_keeps_its_place_and_its_reservations()
    {
        var options = new ReservationOptions();
        Assert.True(options.AskTimeout + options.RetryDelay < CallTimes.LongPoll + CallTimes.Silence);
        Assert.True(options.AskTimeout + options.RenewalPeriod < options.Lease - options.Margin);
    }

    [Fact]
    public void A_call_waits_for_its_lock_and_its_turn_together_no_longer_than_one_poll()
    {
        Assert.True(new LockingOptions().AcquireTimeout <= CallTimes.LongPoll);
        Assert.Equal(TimeSpan.FromSeconds(2), CallTimes.PollAfter(CallTimes.LongPoll - TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.Zero, CallTimes.PollAfter(CallTimes.Attempt));
    }

    [Fact]
    public void A_lock_may_not_be_waited_for_beyond_the_poll()
    {
        var options = new LockingOptions { AcquireTimeout = CallTimes.LongPoll + TimeSpan.FromTicks(1) };
        var failure = Assert.Single(new LockingOptionsValidator().Validate(null, options).Failures!);
        Assert.StartsWith("Coordinator:Locking:AcquireTimeout", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_call_that_polls_has_the_same_limit_of_the_runtime()
    {
        var limits = new[] { typeof(ITableGrain), typeof(IUpdateGrain), typeof(IJobGrain) }
            .SelectMany(static grain => grain.GetMethods())
            .Select(static call => call.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout)
            .OfType<TimeSpan>()
            .ToList();
        Assert.Equal(6, limits.Count);
        Assert.All(limits, static limit => Assert.Equal(CallTimes.Response, limit));
    }

    [Theory]
    [InlineData(60, 5)]
    [InlineData(8, 5)]
    [InlineData(4, 3)]
    [InlineData(1, 0.5)]
    public async Task A_silo_keeps_a_call_no_longer_than_its_caller_waits(double left, double most)
    {
        await AnnounceAsync();
        Assert.Equal(CallTimes.LongPoll, CallerTime.MaxWait);

        async Task AnnounceAsync()
        {
            await Task.Yield();
            CallerTime.Announce(TimeSpan.FromSeconds(left));
            Assert.Equal(TimeSpan.FromSeconds(most), CallerTime.MaxWait);
            CallerTime.Forget();
            Assert.Equal(CallTimes.LongPoll, CallerTime.MaxWait);
        }
    }
}
