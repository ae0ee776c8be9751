using System.Globalization;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.TestServers;
using Microsoft.Extensions.Options;

namespace Coordinator.IntegrationTests.Locking;

public sealed class GhettoLockTests : IAsyncLifetime
{
    private MemcachedServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await MemcachedServer.StartAsync();
        await _server.GrowOldAsync(ProbeSilo.ServiceId);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task An_active_grains_key_holds_its_token_and_is_gone_after_a_graceful_stop()
    {
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint);
        var grain = silo.Grain<IProbeGrain>("public.events");
        var token = await grain.TokenAsync();
        Assert.Equal(token, await OwnerAsync(grain));
        await silo.StopAsync();
        Assert.Equal("", await OwnerAsync(grain));
    }

    [Fact]
    public async Task A_call_knows_how_long_it_waited_for_the_lock()
    {
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint);
        var grain = silo.Grain<IProbeGrain>("public.events");
        Assert.True(await grain.WaitedAsync() > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, await grain.WaitedAsync());
    }

    [Fact]
    public async Task A_held_key_is_renewed()
    {
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint, ("Ttl", "00:00:10"));
        var grain = silo.Grain<IProbeGrain>("public.events");
        await grain.TokenAsync();
        await Eventually.TrueAsync("some of its life is gone", async ct => await SecondsLeftAsync(grain, ct) <= 8);
        await Eventually.TrueAsync("its life is long again", async ct => await SecondsLeftAsync(grain, ct) >= 9);
    }

    [Fact]
    public async Task A_duplicate_activation_waits_until_the_first_is_gone()
    {
        await using var first = await ProbeSilo.StartAsync(_server.Endpoint);
        await using var second = await ProbeSilo.StartAsync(_server.Endpoint);
        var grain = first.Grain<IProbeGrain>("public.events");
        var token = await grain.TokenAsync();
        var (reads, writes) = (await StatAsync("get_hits"), await StatAsync("cmd_set"));
        var waiting = PersistAsync(second.Grain<IProbeGrain>("public.events").TokenAsync);
        // Each try reads the canary and the lock.
        await Eventually.TrueAsync("the duplicate tried twice", async _ => await StatAsync("get_hits") >= reads + 4);
        Assert.Equal(writes, await StatAsync("cmd_set"));
        Assert.False(waiting.IsCompleted);
        Assert.Equal(token, await OwnerAsync(grain));
        await first.StopAsync();
        var next = await waiting;
        Assert.NotEqual(token, next);
        Assert.Equal(next, await OwnerAsync(grain));
    }

    [Fact]
    public async Task A_call_that_waited_in_vain_hears_who_holds_the_lock_and_when_to_come_back()
    {
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint, ("AcquireTimeout", "00:00:01"));
        var grain = silo.Grain<IProbeGrain>("public.events");
        await _server.CommandAsync($"set {ProbeSilo.KeyOf(grain)} 0 100 5\r\nrival");
        var failure = await Assert.ThrowsAsync<TableLockedException>(grain.TokenAsync);
        Assert.Contains("held by rival", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.RetryAfter > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_call_whose_caller_has_little_time_left_is_answered_within_it()
    {
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint);
        var grain = silo.Grain<IProbeGrain>("public.events");
        await _server.CommandAsync($"set {ProbeSilo.KeyOf(grain)} 0 100 5\r\nrival");
        CallerTime.Announce(TimeSpan.FromSeconds(2));
        var failure = await Assert.ThrowsAsync<TableLockedException>(grain.TokenAsync);
        Assert.Contains("held by rival; gave up after 1 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activation_that_lost_its_lock_lets_no_more_calls_in()
    {
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint, ("Ttl", "00:00:10"), ("AcquireTimeout", "00:00:01"));
        var grain = silo.Grain<IProbeGrain>("public.events");
        var token = await grain.TokenAsync();
        await _server.CommandAsync($"set {ProbeSilo.KeyOf(grain)} 0 100 5\r\nrival");
        await Eventually.TrueAsync("the next activation waits for the rival", async _ =>
        {
            try
            {
                Assert.Equal(token, await grain.TokenAsync());
                return false;
            }
            catch (TableMovedException)
            {
                return false;
            }
            catch (TableLockedException e)
            {
                return e.Message.Contains("held by rival", StringComparison.Ordinal);
            }
        });
        Assert.Equal("rival", await OwnerAsync(grain));
        await _server.CommandAsync($"delete {ProbeSilo.KeyOf(grain)}");
        Assert.NotEqual(token, await PersistAsync(grain.TokenAsync));
    }

    [Fact]
    public async Task An_activation_that_lost_its_lock_ends_without_being_called()
    {
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint, ("Ttl", "00:00:10"));
        var grain = silo.Grain<IProbeGrain>("public.events");
        await grain.TokenAsync();
        Assert.Equal(1, await silo.ActivationsAsync());
        await _server.CommandAsync($"set {ProbeSilo.KeyOf(grain)} 0 100 5\r\nrival");
        await Eventually.TrueAsync("it is gone", async _ => await silo.ActivationsAsync() == 0);
        Assert.Equal("rival", await OwnerAsync(grain));
    }

    [Fact]
    public async Task A_restart_of_memcached_costs_an_active_grain_nothing_and_its_key_comes_back()
    {
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint, ("Ttl", "00:00:10"), ("WhenUnavailable", "Wait"));
        await using var other = await ProbeSilo.StartAsync(_server.Endpoint, ("Ttl", "00:00:10"), ("AcquireTimeout", "00:00:04"));
        var grain = silo.Grain<IProbeGrain>("public.events");
        var token = await grain.TokenAsync();
        await _server.RestartAsync();
        // A duplicate activation finds an empty server, and waits.
        await Assert.ThrowsAsync<TableLockedException>(other.Grain<IProbeGrain>("public.events").TokenAsync);
        Assert.Equal(token, await grain.TokenAsync());
        Assert.Equal(token, await OwnerAsync(grain));
    }

    [Fact]
    public async Task A_warm_call_costs_no_memcached_request()
    {
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint, ("Ttl", "00:30:00"));
        var grain = silo.Grain<IProbeGrain>("public.events");
        await grain.TokenAsync();
        // The look itself costs requests, which are subtracted.
        var first = await RequestsAsync();
        var second = await RequestsAsync();
        for (var i = 0; i < 1000; i++) await grain.TokenAsync();
        var third = await RequestsAsync();
        Assert.Equal(second - first, third - second);
    }

    [Fact]
    public async Task Without_memcached_calls_go_on_unverified_if_they_may()
    {
        await _server.StopAsync();
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint, ("UnavailableAfter", "00:00:01"));
        Assert.NotEqual("", await PersistAsync(silo.Grain<IProbeGrain>("public.events").TokenAsync));
    }

    [Fact]
    public async Task Without_memcached_calls_wait_if_they_must()
    {
        await _server.StopAsync();
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint, ("WhenUnavailable", "Wait"), ("AcquireTimeout", "00:00:01"));
        var failure = await Assert.ThrowsAsync<TableLockedException>(silo.Grain<IProbeGrain>("public.events").TokenAsync);
        Assert.Contains("Unreachable", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timers_tick_and_extensions_answer_while_calls_wait_for_the_lock()
    {
        await using var silo = await ProbeSilo.StartAsync(_server.Endpoint);
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grain<ITickingGrain>(key);
        await _server.CommandAsync($"set {ProbeSilo.KeyOf(grain)} 0 100 5\r\nrival");
        var call = PersistAsync(grain.TicksAsync);
        await Eventually.TrueAsync("the timer ticks", () => TickingGrain.Ticks.GetValueOrDefault(key) > 2);
        Assert.Equal(42, await grain.AsReference<IAnsweringExtension>().AnswerAsync());
        Assert.False(call.IsCompleted);
        await _server.CommandAsync($"delete {ProbeSilo.KeyOf(grain)}");
        Assert.True(await call > 2);
    }

    [Fact]
    public async Task A_grain_that_is_not_marked_has_no_lease()
    {
        await using var silo = await ProbeSilo.StartAsync("");
        Assert.False(await silo.Grain<IOpenGrain>("any").HasLeaseAsync());
    }

    [Fact]
    public async Task A_silo_with_wrong_settings_does_not_start_and_says_all_that_is_wrong()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => ProbeSilo.StartAsync("nowhere:x", ("Ttl", "00:00:05")));
        Assert.Equal(2, failure.Failures.Count());
    }

    /// <summary>Calls again while the lock is not to be had, as the SDK does.</summary>
    private static async Task<T> PersistAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (TableLockedException)
            {
                // The call waited for as long as one call may.
            }
        }
    }

    private async Task<string> OwnerAsync(IGrain grain)
    {
        var reply = await _server.CommandAsync($"mg {ProbeSilo.KeyOf(grain)} v");
        return reply.StartsWith("VA", StringComparison.Ordinal) ? reply.Split("\r\n")[1] : "";
    }

    private async Task<int> SecondsLeftAsync(IGrain grain, CancellationToken ct)
    {
        var reply = await _server.CommandAsync($"mg {ProbeSilo.KeyOf(grain)} t", ct);
        return int.Parse(reply.TrimEnd().Split(" t")[1], CultureInfo.InvariantCulture);
    }

    private async Task<long> RequestsAsync()
    {
        var stats = await _server.StatsAsync();
        return new[] { "cmd_get", "cmd_set", "cmd_touch", "cmd_meta", "get_hits", "delete_hits" }
            .Sum(name => stats.TryGetValue(name, out var value) ? long.Parse(value, CultureInfo.InvariantCulture) : 0);
    }

    private async Task<long> StatAsync(string name) => long.Parse((await _server.StatsAsync())[name], CultureInfo.InvariantCulture);
}
