using Coordinator.Contention;
using Coordinator.Core.Leases;
using Coordinator.Errors;
using Coordinator.Locking;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Locking;

/// <summary>The requests of an activation's lock to the store, and the results for its callers and its activation.</summary>
public sealed class GhettoLeaseTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ScriptedLockStore _store = new();
    private readonly LockingOptions _options = new();
    private readonly LeaseRenewer _renewer;
    private readonly FakeActivation _activation;
    private readonly GhettoLease _ghetto;

    public GhettoLeaseTests()
    {
        _renewer = new LeaseRenewer(_clock);
        (var context, _activation) = FakeActivation.New();
        var lease = new Lease(new("me"), _options.ToLeaseOptions(), _clock, new Random(1));
        var environment = new LeaseEnvironment(_store, _renewer, Options.Create(_options), _clock, NullLogger<GhettoLease>.Instance);
        _ghetto = new GhettoLease(context, "key", lease, environment);
    }

    public void Dispose() => _renewer.Dispose();

    [Fact]
    public async Task However_many_callers_wait_the_store_is_asked_once()
    {
        var reply = new TaskCompletionSource<LockReply>();
        _store.OnAcquire = () => new(reply.Task);
        var callers = Enumerable.Range(0, 20).Select(_ => _ghetto.WaitUntilHeldAsync()).ToList();
        reply.SetResult(ScriptedLockStore.Mine);
        await Task.WhenAll(callers);
        Assert.True(_ghetto.Lease.IsHeld);
        Assert.Equal(["acquire"], _store.Asked);
    }

    [Fact]
    public async Task A_caller_behind_a_foreign_lock_hears_who_holds_it_and_that_nothing_was_queued()
    {
        _store.OnAcquire = static () => new(ScriptedLockStore.Rivals);
        var started = _clock.GetTimestamp();
        var failure = await Assert.ThrowsAsync<TableLockedException>(() => _clock.RunAsync(_ghetto.WaitUntilHeldAsync()));
        Assert.Contains("held by rival", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was queued", failure.Message, StringComparison.Ordinal);
        Assert.True(_clock.GetElapsedTime(started) >= _options.AcquireTimeout - TimeSpan.FromSeconds(1), "it was asked for again until the limit");
        Assert.Empty(_activation.Ends);
    }

    [Fact]
    public async Task A_caller_hears_what_the_store_said_last_when_nobody_is_known_to_hold_the_lock()
    {
        _options.AcquireTimeout = TimeSpan.FromSeconds(5);
        _store.OnAcquire = static () => new(ScriptedLockStore.Unreachable);
        var failure = await Assert.ThrowsAsync<TableLockedException>(() => _clock.RunAsync(_ghetto.WaitUntilHeldAsync()));
        Assert.Contains("Unreachable cache1 refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_comes_free_within_the_limit_lets_the_caller_in()
    {
        _store.OnAcquire = () => new(_store.Asked.Count < 5 ? ScriptedLockStore.Rivals : ScriptedLockStore.Mine);
        await _clock.RunAsync(_ghetto.WaitUntilHeldAsync());
        Assert.True(_ghetto.Lease.IsHeld);
    }

    [Fact]
    public async Task A_store_that_throws_is_asked_again()
    {
        _store.OnAcquire = () => _store.Asked.Count == 1 ? throw new InvalidOperationException("a fault") : new(ScriptedLockStore.Mine);
        await _clock.RunAsync(_ghetto.WaitUntilHeldAsync());
        Assert.True(_ghetto.Lease.IsHeld);
    }

    [Fact]
    public async Task A_lock_that_a_rival_took_ends_the_activation_once_and_turns_callers_away()
    {
        await _ghetto.WaitUntilHeldAsync();
        _store.OnRenew = static () => new(ScriptedLockStore.Rivals);
        _clock.Advance(_options.Ttl / 3);
        _ghetto.RenewIfDue();
        _ghetto.RenewIfDue();
        Assert.Single(_activation.Ends);
        Assert.Equal(["acquire", "renew"], _store.Asked);
        await Assert.ThrowsAsync<TableMovedException>(() => _ghetto.WaitUntilHeldAsync());
    }

    [Fact]
    public async Task A_lease_that_ran_out_ends_the_activation_without_a_question()
    {
        await _ghetto.WaitUntilHeldAsync();
        _clock.Advance(_options.Ttl);
        _ghetto.RenewIfDue();
        Assert.Single(_activation.Ends);
        Assert.Equal(["acquire"], _store.Asked);
    }

    [Fact]
    public async Task Nothing_is_asked_before_a_renewal_is_due_and_one_at_a_time_when_it_is()
    {
        await _ghetto.WaitUntilHeldAsync();
        _ghetto.RenewIfDue();
        Assert.Equal(["acquire"], _store.Asked);

        var reply = new TaskCompletionSource<LockReply>();
        _store.OnRenew = () => new(reply.Task);
        _clock.Advance(_options.Ttl / 3);
        _ghetto.RenewIfDue();
        _ghetto.RenewIfDue();
        Assert.Equal(["acquire", "renew"], _store.Asked);
        reply.SetResult(ScriptedLockStore.Mine);
    }

    [Fact]
    public async Task A_key_that_the_store_forgot_is_put_back_at_the_next_tick()
    {
        await _ghetto.WaitUntilHeldAsync();
        _store.OnRenew = static () => new(ScriptedLockStore.Free);
        _clock.Advance(_options.Ttl / 3);
        _ghetto.RenewIfDue();
        _ghetto.RenewIfDue();
        Assert.Equal(["acquire", "renew", "reassert"], _store.Asked);
        Assert.True(_ghetto.Lease.IsHeld);
    }

    [Fact]
    public async Task An_activation_that_never_asked_for_the_lock_has_none_to_give_back()
    {
        await _ghetto.OnStart();
        await _ghetto.OnStop();
        Assert.Empty(_store.Asked);
        Assert.Equal(LeaseState.Released, _ghetto.Lease.State);
    }

    [Fact]
    public async Task A_try_that_is_under_way_is_waited_for_before_the_lock_is_given_back()
    {
        var reply = new TaskCompletionSource<LockReply>();
        var asked = new TaskCompletionSource();
        _store.OnAcquire = () =>
        {
            asked.SetResult();
            return new(reply.Task);
        };
        var caller = _ghetto.WaitUntilHeldAsync();
        await asked.Task;
        var stopping = _ghetto.OnStop();
        Assert.False(stopping.IsCompleted);
        // It acquires the key after all. Without the release the key would block the table's next activation for a TTL.
        reply.SetResult(ScriptedLockStore.Mine);
        await stopping;
        Assert.Equal(["acquire", "release"], _store.Asked);
        await Assert.ThrowsAsync<TableMovedException>(() => caller);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_holds_the_end_of_an_activation_up_for_no_longer_than_its_limit()
    {
        await _ghetto.WaitUntilHeldAsync();
        _store.OnRelease = static async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return ScriptedLockStore.Free;
        };
        var started = _clock.GetTimestamp();
        await _clock.RunAsync(_ghetto.OnStop());
        Assert.True(_clock.GetElapsedTime(started) >= _options.ReleaseTimeout, "the limit was used");
    }
}
